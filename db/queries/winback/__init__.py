"""Lost clients."""

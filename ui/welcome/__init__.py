"""What is shown while no base is open."""

"""What the owner can change about the program and the business."""

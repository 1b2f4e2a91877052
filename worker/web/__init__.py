"""The pages: the local inbox now, the organizer's console later. They get what they show handed in."""

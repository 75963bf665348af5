"""Tags of the room's templates."""

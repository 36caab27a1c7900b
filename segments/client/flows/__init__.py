"""What each method does, as flows that both clients run."""

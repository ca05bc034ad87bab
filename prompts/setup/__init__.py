"""What the spoken set-up knows and says: its gazetteer, its lines and the prompt of its understanding."""

"""How the interviewer speaks: delivery styles and what each voice makes of them."""

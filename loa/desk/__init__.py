"""The staff door: home, navigation, and what stays closed."""

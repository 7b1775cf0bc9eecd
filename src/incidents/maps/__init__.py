"""The map: the only room that uses folium."""

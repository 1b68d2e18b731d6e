from django.urls import path

from .public import corner, machines, reading

public_urls = [
    path("", reading.home, name="home"),
    path("tin/<slug:slug>/", reading.story, name="story"),
    path("tin/<slug:slug>/tra-loi/", corner.say, name="say"),
    path("chu-de/<slug:code>/", reading.theme, name="theme"),
    path("chu-de/<slug:code>/rss.xml", machines.theme_feed, name="theme-feed"),
    path("can-biet/<int:year>/<slug:slug>/", reading.topic, name="topic"),
    path("don-vi/<str:code>/", reading.unit, name="unit"),
    path("don-vi/<str:code>/rss.xml", machines.unit_feed, name="unit-feed"),
    path("tim/", reading.search, name="search"),
    path("toi/", corner.me, name="me"),
    path("toi/dong-y/", corner.consent, name="consent"),
    path("rss.xml", machines.feed, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]

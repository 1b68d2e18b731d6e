from django.urls import path

from . import desk
from .public import corner, machines, reading

public_urls = [
    path("", reading.home, name="home"),
    path("tin/<slug:slug>/", reading.story, name="story"),
    path("tin/<slug:slug>/anh.png", machines.share_picture, name="share-picture"),
    path("tin/<slug:slug>/tra-loi/", corner.say, name="say"),
    path("chu-de/<slug:code>/", reading.theme, name="theme"),
    path("chu-de/<slug:code>/rss.xml", machines.theme_feed, name="theme-feed"),
    path("can-biet/<int:year>/<slug:slug>/", reading.topic, name="topic"),
    path("don-vi/<str:code>/", reading.unit, name="unit"),
    path("don-vi/<str:code>/rss.xml", machines.unit_feed, name="unit-feed"),
    path("kenh-chinh-thuc/", reading.channels, name="channels"),
    path("tim/", reading.search, name="search"),
    path("tim/goi-y/", reading.suggest, name="suggest"),
    path("toi/", corner.me, name="me"),
    path("toi/dong-y/", corner.consent, name="consent"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("ngoai-tuyen.js", machines.offline_worker, name="offline-worker"),
    path("ngoai-tuyen/", machines.offline, name="offline"),
    path("rss.xml", machines.feed, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]

desk_urls = [
    path("kenh-chinh-thuc/", desk.channels, name="channels"),
    path("kenh-chinh-thuc/<int:pk>/xem-lai/", desk.check_again, name="check_channel_again"),
    path("kenh-chinh-thuc/<int:pk>/go/", desk.end, name="end_channel"),
]

from django.urls import path

from .desk import channels, front
from .public import corner, events, machines, reading

public_urls = [
    path("", reading.home, name="home"),
    path("tin/<slug:slug>/", reading.story, name="story"),
    path("tin/<slug:slug>/anh.png", machines.share_picture, name="share-picture"),
    path("tin/<slug:slug>/tra-loi/", corner.say, name="say"),
    path("chu-de/<slug:code>/", reading.theme, name="theme"),
    path("chu-de/<slug:code>/rss.xml", machines.theme_feed, name="theme-feed"),
    path("can-biet/<int:year>/<slug:slug>/", reading.topic, name="topic"),
    path("don-vi/<str:code>/", reading.unit, name="unit"),
    path("don-vi/<str:code>/tin/<slug:slug>/", reading.story_in_section, name="unit-story"),
    path("don-vi/<str:code>/rss.xml", machines.unit_feed, name="unit-feed"),
    path("don-vi/<str:code>/su-kien.ics", events.unit_feed, name="unit-calendar"),
    path("su-kien/", events.events, name="events"),
    path("su-kien/thang/<int:year>/<int:month>/", events.month, name="events-month"),
    path("su-kien/<int:pk>/", events.event, name="event"),
    path("su-kien/<int:pk>/su-kien.ics", events.event_file, name="event-file"),
    path("su-kien.ics", events.feed, name="events-feed"),
    path("kenh-chinh-thuc/", reading.channels, name="channels"),
    path("hoi-dap/", reading.questions, name="questions"),
    path("tu-dien/", reading.glossary, name="glossary"),
    path("en/", reading.english, name="english"),
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
    path("trang-dau/", front.front, name="front"),
    path("trang-dau/xem-thu/", front.preview_front, name="preview_front"),
    path("trang-dau/them/<slug:kind>/", front.add_block, name="add_block"),
    path("trang-dau/<int:place>/chuyen/", front.move_block, name="move_block"),
    path("trang-dau/<int:place>/bo/", front.remove_block, name="remove_block"),
    path("trang-dau/dua-len/", front.arrange, name="arrange_front"),
    path("trang-dau/bo-ban-nhap/", front.discard_front, name="discard_front"),
    path("kenh-chinh-thuc/", channels.channels, name="channels"),
    path("kenh-chinh-thuc/<int:pk>/xem-lai/", channels.check_again, name="check_channel_again"),
    path("kenh-chinh-thuc/<int:pk>/go/", channels.end, name="end_channel"),
]

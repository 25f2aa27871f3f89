"""Ordinary given and family names of many languages, to be combined into people who do not exist.

A word in another script is written ``native=latin``. A family name may end in any of the endings
of its culture, which gives a long tail of rare ones beside a few that everybody has.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Culture:
    """How people of one culture are named.

    Args:
        share: of all people.
        given: given names, the commonest first.
        family: family names, the commonest first.
        stems: beginnings of rare family names.
        endings: what a stem may end in.
        family_first: the family name is written first in its own script.
        second_family: people have two family names, and often leave one out.
    """

    share: float
    given: tuple[tuple[str, str], ...]
    family: tuple[tuple[str, str], ...]
    stems: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str], ...]
    family_first: bool = False
    second_family: bool = False


def _pairs(words: str) -> tuple[tuple[str, str], ...]:
    """Native and Latin spelling of each word."""
    return tuple(
        (native, latin or native)
        for native, _, latin in (word.replace("_", " ").partition("=") for word in words.split())
    )


def _culture(
    share: float,
    given: str,
    family: str,
    stems: str,
    endings: str,
    *,
    family_first: bool = False,
    second_family: bool = False,
) -> Culture:
    return Culture(
        share,
        _pairs(given),
        _pairs(family),
        _pairs(stems),
        _pairs(endings),
        family_first,
        second_family,
    )


CULTURES = (
    _culture(
        0.26,
        """John James Mary Robert David Sarah Michael Emma William Olivia Thomas Jessica Daniel
        Charlotte Matthew Emily Andrew Rachel Benjamin Katherine Christopher Elizabeth Joseph
        Samantha Alexander Rebecca Nicholas Victoria Jonathan Margaret Timothy Hannah Gregory
        Natalie Edward Jacqueline Patrick Philippa Oliver Gwendolyn Frederick Harriet""",
        """Smith Johnson Williams Brown Jones Davis Miller Wilson Taylor Clark Lewis Walker Hall
        Young King Wright Scott Green Baker Adams Nelson Carter Mitchell Turner Parker Collins
        O'Brien McCarthy Murphy Kelly Hughes Reynolds Hamilton Graham Wallace""",
        """Ash Black Brad Brent Clay Cran Dun Ed Fair Gold Hart Hazel Holt Kings Lang Mar Nor Oak
        Pem Rad Rother Stan Thorn Under Wake Wen West Whit Win Wood Al Bex Chat Dray Elm""",
        "ford ton ley wood field worth bury by well stead ham more den wick burn land",
    ),
    _culture(
        0.12,
        """María José Ana Carlos Lucía Juan Carmen Javier Sofía Luis Elena Miguel Paula Andrés Inés
        Álvaro Rocío Sergio Beatriz Raúl Mónica Óscar Nuria Iván Verónica Joaquín Begoña Rubén""",
        """García López Martínez Rodríguez González Fernández Pérez Sánchez Gómez Díaz Álvarez
        Muñoz Jiménez Ruiz Hernández Ortega Castro Ibáñez Núñez Marín Peña Cañas de_la_Fuente""",
        "Alar Bel Car Cas Del Esco Fon Gal Herr Lar Mal Mon Nav Pal Quint Riv Sal Tor Val Zam",
        "eda ero illo án ás ada ón anza ares ino osa uela",
        second_family=True,
    ),
    _culture(
        0.07,
        """João Ana Pedro Mariana Tiago Inês Rui Beatriz Luís Catarina André Joana Gonçalo Márcia
        Fábio Cátia Henrique Conceição Vítor Lígia""",
        """Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa da_Silva dos_Santos
        Araújo Conceição Gonçalves Simões Falcão Brandão""",
        "Alm Barr Carv Cord Figu Gam Lour Mag Mend Mir Nogu Pach Queir Sal Teix Vasc",
        "eira eiro alho oso ães anda edo es",
        second_family=True,
    ),
    _culture(
        0.09,
        """Anna Thomas Julia Michael Katharina Stefan Sabine Jürgen Björn Jörg Käthe Matthias Ulrike
        Wolfgang Friederike Sebastian Annegret Günther Heike Lukas Miriam Tobias""",
        """Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Richter
        Schröder Köhler König Krüger Groß Weiß Bäcker von_der_Heide van_den_Berg""",
        """Acker Bach Berg Birn Brand Buch Eich Feld Finken Grün Hagen Hasel Hirsch Kalten Linden
        Mühl Nuss Ober Rosen Sand Stein Wald Winkel Zim""",
        "mann er berg bach hauer stein meier feld müller kamp thal horst",
    ),
    _culture(
        0.06,
        """Marie Pierre Jean-Luc Camille Léo Chloé Hélène François Benoît Anaïs Gaëlle Jérôme Zoé
        Étienne Océane Rémi Noémie Yann Aurélie Thibault""",
        """Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Lefèvre Le_Goff Garnier
        Chevalier Béranger Gérard Hébert D'Aubigny de_Villiers""",
        "Bel Bon Char Clé Cour Dela Fon Gau Lam Mar Mont Per Ric Rou Saint Tho Val Ver",
        "ard eau ier et ot mont court bault lin lange voy rieux",
    ),
    _culture(
        0.05,
        """Anna Piotr Agnieszka Tomasz Katarzyna Łukasz Małgorzata Paweł Zofia Michał Jiří Tomáš
        Zdeněk Božena Václav Šárka Grzegorz Wojciech Żaneta""",
        """Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Novák Svoboda
        Dvořák Černý Procházka Kučera""",
        """Bart Bor Chmiel Dąb Gór Jabł Kac Kos Lis Mal Olsz Pie Rut Sad Sos Szcz Wal Wierz Zaw
        Žel Hol Krej""",
        "owski iński czyk ewicz ak ek iak oński ička an",
    ),
    _culture(
        0.04,
        """Anna Lars Ingrid Björn Åsa Søren Jørgen Kåre Märta Sigrún Øystein Håkan Astrid Magnus
        Freja Torbjørn Ragnhild Gösta Maja Eirik""",
        """Andersson Hansen Johansson Nielsen Olsen Larsen Jensen Nilsson Eriksson Pedersen Berg
        Sørensen Jørgensen Åkesson Østergård""",
        "Alm Asp Björk Ek Fors Gran Hall Hed Lind Ljung Lund Ny Ros Sand Sjö Sol Sten Sund Väst",
        "qvist berg ström gren dal lund mark stedt blad holm",
    ),
    _culture(
        0.05,
        """Иван=Ivan Анна=Anna Дмитрий=Dmitri Елена=Elena Сергей=Sergei Ольга=Olga Алексей=Alexei
        Наталья=Natalia Михаил=Mikhail Катя=Katya Юрий=Yuri Светлана=Svetlana Пётр=Pyotr
        Людмила=Lyudmila Тимофей=Timofei Семён=Semyon Ксения=Ksenia Богдан=Bohdan""",
        """Иванов=Ivanov Смирнов=Smirnov Кузнецов=Kuznetsov Попов=Popov Волков=Volkov
        Соколов=Sokolov Морозов=Morozov Петренко=Petrenko Шевченко=Shevchenko Королёв=Korolyov""",
        """Бел=Bel Бор=Bor Вас=Vas Гор=Gor Дан=Dan Ерм=Yerm Жар=Zhar Зим=Zim Кал=Kal Ларин=Larin
        Мель=Mel Ник=Nik Ост=Ost Рад=Rad Сав=Sav Тар=Tar Фил=Fil Черн=Chern Яков=Yakov""",
        "ов=ov ин=in енко=enko ев=ev овский=ovsky чук=chuk ников=nikov атов=atov",
    ),
    _culture(
        0.06,
        """伟=Wei 芳=Fang 娜=Na 敏=Min 静=Jing 丽=Li 强=Qiang 磊=Lei 洋=Yang 艳=Yan 勇=Yong 杰=Jie
        涛=Tao 明=Ming 秀英=Xiuying 子涵=Zihan 浩然=Haoran 雨桐=Yutong 思远=Siyuan 欣怡=Xinyi
        志强=Zhiqiang 晓梅=Xiaomei 建国=Jianguo 梓萱=Zixuan 俊杰=Junjie 嘉怡=Jiayi 文博=Wenbo
        若曦=Ruoxi 天宇=Tianyu 诗涵=Shihan""",
        """王=Wang 李=Li 张=Zhang 刘=Liu 陈=Chen 杨=Yang 黄=Huang 赵=Zhao 吴=Wu 周=Zhou 徐=Xu
        孙=Sun 马=Ma 朱=Zhu 胡=Hu 郭=Guo 何=He 林=Lin 罗=Luo 梁=Liang 宋=Song 郑=Zheng 谢=Xie
        韩=Han 唐=Tang 冯=Feng 董=Dong 萧=Xiao 程=Cheng 曹=Cao 袁=Yuan 邓=Deng""",
        "欧=Ou 上=Shang 司=Si 诸=Zhu",
        "阳=yang 官=guan 徒=tu 葛=ge",
        family_first=True,
    ),
    _culture(
        0.04,
        """由紀=Yuki 花=Hana 愛子=Aiko 太郎=Taro 健=Ken 翔太=Shota 美咲=Misaki 陽菜=Hina
        大輔=Daisuke 直樹=Naoki さくら=Sakura 恵=Megumi
        拓也=Takuya 智子=Tomoko 誠=Makoto 千尋=Chihiro""",
        """佐藤=Sato 鈴木=Suzuki 高橋=Takahashi 田中=Tanaka 伊藤=Ito 渡辺=Watanabe 山本=Yamamoto
        中村=Nakamura 小林=Kobayashi 加藤=Kato 森=Mori""",
        "石=Ishi 大=O 小=Ko 松=Matsu 西=Nishi 藤=Fuji 北=Kita 竹=Take 水=Mizu 黒=Kuro 吉=Yoshi",
        "川=kawa 田=da 島=shima 村=mura 沢=sawa 井=i 野=no 原=hara 崎=zaki 岡=oka",
        family_first=True,
    ),
    _culture(
        0.03,
        """민준=Minjun 서연=Seoyeon 지훈=Jihoon 수진=Sujin 현우=Hyunwoo 은지=Eunji 영호=Youngho
        지민=Jimin 하은=Haeun 동현=Donghyun 유나=Yuna 재=Jae 성민=Sungmin 혜진=Hyejin""",
        """김=Kim 이=Lee 박=Park 최=Choi 정=Jung 강=Kang 조=Cho 윤=Yoon 장=Jang 임=Lim 한=Han
        오=Oh 서=Seo 신=Shin 권=Kwon 황=Hwang 안=Ahn 송=Song""",
        "남=Nam 선=Sun 제=Je",
        "궁=gung 우=woo 갈=gal",
        family_first=True,
    ),
    _culture(
        0.05,
        """محمد=Mohammed أحمد=Ahmed فاطمة=Fatima علي=Ali عمر=Omar نور=Noor ليلى=Layla خالد=Khaled
        سارة=Sara يوسف=Youssef مريم=Maryam حسن=Hassan زينب=Zainab طارق=Tariq هدى=Huda رانيا=Rania
        بلال=Bilal دينا=Dina""",
        """حداد=Haddad حسن=Hassan الخطيب=Al-Khatib المصري=El-Masry عزيز=Aziz صالح=Saleh
        منصور=Mansour الأحمد=Al-Ahmad خوري=Khoury نجار=Najjar الشامي=Al-Shami فرح=Farah
        عثمان=Othman قاسم=Qasim درويش=Darwish
        شاهين=Shaheen الزهراني=Al-Zahrani القحطاني=Al-Qahtani بركات=Barakat
        العمري=Al-Omari مراد=Murad رشيد=Rashid سليمان=Suleiman جابر=Jaber الحربي=Al-Harbi""",
        "الب=Al-B الش=Al-Sh الغ=Al-Gh الع=Al-A الم=Al-M",
        "غدادي=aghdadi مري=amari زالي=azali طار=attar نصوري=ansouri كري=akri",
    ),
    _culture(
        0.04,
        """Priya Rahul Anjali Arjun Deepa Sanjay Kavita Vikram Lakshmi Rajesh Neha Suresh Ananya
        Karthik Meera Aditya Sunita Rohan राधा=Radha अमित=Amit पूजा=Pooja""",
        """Sharma Patel Singh Kumar Gupta Reddy Iyer Nair Rao Mehta Joshi Desai शर्मा=Sharma
        वर्मा=Verma Chatterjee Mukherjee Banerjee""",
        "Agar Bhatt Chand Dev Gan Hari Jag Krish Mahal Nara Pad Ragh Subra Venka Vish",
        "wal acharya nathan raman swamy yan appa murthy esh ikar",
    ),
    _culture(
        0.04,
        """Mehmet Ayşe Emre Elif Mustafa Zeynep Cem Özge Çağla Gökhan İpek Şebnem Oğuz Tuğba Ümit
        Bola=Bọ́lá Chidi Adaeze Ngozi Tunde Yetunde Emeka Folake""",
        """Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Okafor Eze Obi Adeyemi
        Okonkwo Balogun Nwosu""",
        "Ak Al Bal Çam Dal Er Gül Kara Kök Saz Taş Uz Yal Ade Ola Oke Chukwu Nwa",
        "oğlu taş soy can men kan bayo wale mola gün",
    ),
)

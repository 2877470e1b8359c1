"""What companies do, as their names say it, in Chinese and English: one code for words that mean one trade."""

from __future__ import annotations

_SAME = """
    tech: 科技 技术 technology technologies tech
    information: 信息 information
    network: 网络 network networks
    software: 软件 software
    digital: 数字 digital
    data: 数据 data
    computer: 计算机 computer computers computing
    systems: 系统 system systems
    smart: 智能 smart intelligent intelligence
    electronics: 电子 electronic electronics
    electric: 电气 电器 electric electrical
    appliance: 家电 appliance appliances
    trade: 贸易 商贸 进出口 外贸 trading trade import imports export exports
    commerce: 商务 电子商务 电商 commerce ecommerce
    logistics: 物流 logistics logistic
    transport: 运输 客运 transport transportation
    freight: 货运 freight
    express: 速运 快递 快运 couriers courier
    shipping: 航运 海运 shipping
    port: 港口 port
    industry: 实业 工业 产业 industries industrial industry
    investment: 投资 investment investments
    capital: 资本 创投 capital ventures
    consulting: 咨询 consulting consultants consultancy advisory
    service: 服务 service services svc
    development: 发展 开发 development developments
    construction: 建设 建筑 工程 construction builders building contractors
    engineering: engineering eng
    materials: 材料 新材料 建材 materials material
    manufacturing: 制造 manufacturing mfg manufacturers fabrication fabrications
    machinery: 机械 重工 机电 machinery machines machine
    equipment: 设备 器械 装备 equipment
    power: 电力 动力 power
    pharma: 医药 药业 制药 pharma pharmaceutical pharmaceuticals
    medical: 医疗 medical
    health: 健康 healthcare health
    dental: 口腔 dental dentists dentistry
    clinic: 诊所 clinic
    education: 教育 培训 education training
    culture: 文化 culture
    media: 传媒 广告 media advertising
    film: 影视 影业 films film
    entertainment: 娱乐 游戏 entertainment games
    food: 食品 foods food
    dairy: 乳业 dairy
    catering: 餐饮 餐厅 饭店 catering restaurant restaurants diner
    bakery: bakery
    seafood: 水产 渔业 seafood
    hotel: 酒店 宾馆 hotel hotels hospitality
    travel: 旅游 旅行社 旅行 travel tours
    bank: 银行
    securities: 证券 securities
    insurance: 保险 insurance
    fund: 基金
    finance: 金融 finance financial
    airline: 航空 airlines airline aviation
    airport: 机场
    metro: 地铁
    railway: 铁路
    cars: 汽车 automotive motors auto
    steel: 钢铁 steel
    oil: 石油 oil
    gas: 燃气 天然气
    petrochemical: 石化
    chemical: 化工 化学 chemicals chemical
    energy: 能源 新能源 energy
    solar: 光伏 solar
    water: 水务
    beer: 啤酒 brewery brewing
    liquor: 白酒 酒业
    beverage: 饮料 beverages beverage
    university: 大学
    college: 学院
    hospital: 医院
    property: 置业 地产 房地产 properties property realty estates
    facility: 物业
    environment: 环保 environmental
    agriculture: 农业 agriculture
    farm: 农场 farms farm
    bio: 生物 biotech bio
    clothing: 服装 服饰 apparel clothing garments
    textile: 纺织 textiles textile
    furniture: 家具 家居 furniture
    decoration: 装饰 decoration
    printing: 印刷 printing
    packaging: 包装 packaging packagings
    paper: 纸业 paper
    lighting: 照明 lighting
    cement: 水泥 cement
    ceramics: 陶瓷 ceramics
    glass: 玻璃 glass
    plastics: 塑料 plastics
    hardware: 五金 hardware
    sport: 体育 sports sport
    goods: 用品 制品 生活 goods products
    retail: 零售 百货 retail
    supermarket: 超市 supermarket
    pharmacy: 大药房 药房 pharmacy
    books: 书店 出版 books publishing
    semiconductor: 半导体 semiconductor semiconductors
    supply: 供应链 supply supplies
    security: 保安 security
    law: 律师事务所 law legal
    accounting: 会计师事务所 accounting accountants
    design: 设计 design
    plumbing: plumbing
    roofing: roofing
    marine: 船舶 marine
    home: home homes
    solutions: solutions solution
    management: 管理 企业 management mgmt
    international: 国际 international intl
    business: 商业 business
    center: 中心 市场 centre center
    communication: 通信 通讯 communications communication telecom
"""
_NEUTRAL = "集团 股份 控股 group grp holding holdings partners brothers bros"

CODES = {word: line.split(":")[0].strip() for line in _SAME.strip().splitlines() for word in line.split(":")[1].split()}
NEUTRAL = frozenset(_NEUTRAL.split())

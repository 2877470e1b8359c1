"""A hundred thousand customers with names as companies have them, Chinese and English in turn, and what they are found by."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from benchmarks.crowd import CHUNK, write
from benchmarks.desk import Desk
from domain.values.companies import company_key
from storage import tables
from storage.mapping import new_version
from storage.ready import Together
from storage.search import write_entries

_CITIES = "上海 北京 深圳 广州 杭州 苏州 成都 武汉 南京 宁波 青岛 厦门 天津 重庆 西安 长沙 郑州 济南 合肥 福州 昆明 大连 无锡 佛山 东莞".split()
_BRAND = (
    "华新远航云帆天成东方绿源金石海川博雅信达恒瑞泰和明德宏图嘉盛永昌立安凯旋鑫隆创智万利汇通中科同兴福星光辉龙腾飞鸿翔宇宙银河江南北湖山"
    "林森木春秋夏冬雨雪风雷电火水土丰收益康健美乐居家园林草花果蜂蜜糖盐米面油酒茶香料布衣鞋帽伞纸笔墨书画琴棋玉珠宝贝钻铜铁钢铝锡合众联盟"
    "佳美优良精诚诺言行道义仁礼智勇敢先锋领跑超越卓尔不凡奇迹晨曦朝阳晓月夜莺鹏程鹤鸣鹰击狮虎豹马牛羊鹿象鲸鱼龟蓝紫红黄青黑白灰橙"
)
_TRADES = (
    "科技 软件 食品 建材 装饰 物流 机电 医疗 教育 纺织 化工 贸易 环保 能源 电子 包装 印刷 家具 服装 餐饮 酒店 咨询 传媒 农业 汽车"
    " 模具 塑料 玻璃 光电 生物"
).split()
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p ph pl pr qu r s sc sh sk sl sm sp st str sw t th tr tw v w wh y z".split()
_VOWELS = "a e i o u ai ea ee oa oo ou ie".split()
_CODAS = "b ck d ff g ld lk ll lm m n nd ng nk nt p r rd rk rn rt s sh ss st t th x".split()
_BUSINESS = (
    "Foods Freight Dental Systems Partners Textiles Motors Studios Labs Hotels Energy Media Plumbing Software Printing Logistics"
    " Consulting Design Pharma Farms Brewing Marine Glass Tools Travel"
).split()


def company_names(count: int, *, seed: int = 1) -> list[str]:
    """The same names for the same count and seed; some occur twice, as they do."""
    rolled = random.Random(seed)
    return [_chinese(rolled) if number % 2 else _english(rolled) for number in range(count)]


def _chinese(rolled: random.Random) -> str:
    brand = "".join(rolled.choices(_BRAND, k=rolled.choice((2, 2, 3))))
    return f"{rolled.choice(_CITIES)}{brand}{rolled.choice(_TRADES)}有限公司"


def _english(rolled: random.Random) -> str:
    name = "".join(
        part
        for _ in range(rolled.choice((1, 2, 2, 2)))
        for part in (rolled.choice(_ONSETS), rolled.choice(_VOWELS), rolled.choice(_CODAS))
    )
    return f"{name.title()} {rolled.choice(_BUSINESS)} Ltd"


async def found_customers(desk: Desk, names: Sequence[str], owners: Iterator[int]) -> None:
    """Customers of those names with their search entries, each of the next owner."""
    rows: list[dict[str, Any]] = [
        {
            "version": new_version(),
            "name": name,
            "name_key": company_key(name),
            "owner_id": owner,
            "tags": [],
            "custom": {},
            "created_at": datetime.now(UTC),
        }
        for name, owner in zip(names, owners, strict=False)
    ]
    await write(desk, tables.customers, rows)
    for first in range(1, len(rows) + 1, CHUNK):
        async with desk.house.database.unit_of_work() as uow:
            some = range(first, min(first + CHUNK, len(rows) + 1))
            last = Together(uow.session)
            await write_entries(uow.session, {("customer", row_id): None for row_id in some}, last)
            await last.run()
            await uow.commit()

import { describe, expect, it } from "vitest";
import { capitals } from "./capitals";
import {
  area, denseMoney, discount, exactMoney, parseAmount, plainAmount, share, sumMoney, sumOf, unitPrice, yuan,
} from "./number";
import { clock, date, dateTime, duration, left, longDay } from "./time";

const price = yuan("291342672");
const noon = "2026-11-23T06:32:40Z";

describe("UX-32: figures as the design writes them", () => {
  it("exact money", () => {
    expect(exactMoney(price, "zh")).toBe("¥2,913,426.72");
    expect(exactMoney(price, "en")).toBe("CNY 2,913,426.72");
    expect(exactMoney(yuan("-50000010"), "zh")).toBe("-¥500,000.10");
    expect(plainAmount(yuan("-50000010"))).toBe("-500,000.10");
    expect(exactMoney({ minorUnits: "1250", currencyCode: "JPY" }, "zh")).toBe("JPY 1,250");
    expect(exactMoney(undefined, "zh")).toBe("—");
    expect(exactMoney(yuan("0"), "zh")).toBe("¥0.00");
  });

  it("keeps every fen beyond what a double can hold", () => {
    expect(plainAmount(yuan("900719925474099301"))).toBe("9,007,199,254,740,993.01");
    expect(sumOf([yuan("9007199254740993"), yuan("1")]).minorUnits).toBe("9007199254740994");
  });

  it("dense money and sums", () => {
    expect(denseMoney(price, "zh")).toBe("291.3");
    expect(denseMoney(price, "en")).toBe("2.91 M");
    expect(sumMoney(yuan("39200000000"), "zh")).toBe("3.92 亿");
    expect(sumMoney(yuan("39200000000"), "en")).toBe("392 M");
    expect(sumMoney(yuan("2763800000"), "zh")).toBe("2,763.8 万");
    expect(denseMoney(yuan("291350000"), "zh")).toBe("291.4");
    expect(denseMoney(yuan("-291350000"), "zh")).toBe("-291.4");
  });

  it("unit price and area", () => {
    expect(unitPrice(yuan("3021600"), "zh")).toBe("¥30,216.00/㎡");
    expect(unitPrice(yuan("3021600"), "en")).toBe("CNY 30,216.00/m²");
    expect(area(9642, "zh")).toBe("96.42 ㎡");
    expect(area("9642", "en")).toBe("96.42 m²");
    expect(area(undefined, "zh")).toBe("—");
  });

  it("shares and discounts", () => {
    expect(share(1, 2)).toBe("50.0%");
    expect(share(0, 0)).toBe("—");
    expect(discount(970000, "zh")).toBe("97 折");
    expect(discount("970000", "en")).toBe("3% off");
    expect(discount(985500, "zh")).toBe("98.55 折");
  });

  it("dates and times in the project's zone", () => {
    expect(date(noon, "zh")).toBe("2026-11-23");
    expect(date(noon, "en")).toBe("23 Nov 2026");
    expect(dateTime(noon, "zh")).toBe("11-23 14:32");
    expect(dateTime(noon, "en")).toBe("23 Nov 14:32");
    expect(longDay(noon, "zh")).toBe("11 月 23 日 周一");
    expect(longDay(noon, "en")).toBe("Mon 23 Nov");
    expect(clock(noon)).toBe("14:32:40");
    expect(date("2026-11-23", "zh", "America/New_York")).toBe("2026-11-23");
    expect(date("rubbish", "zh")).toBe("—");
  });

  it("durations and what is left", () => {
    const now = Date.parse(noon);
    expect(duration(134)).toBe("02:14");
    expect(duration(4360)).toBe("1:12:40");
    expect(left(now + (3 * 60 + 27) * 60_000, now, "zh")).toBe("余 3:27");
    expect(left(now + (3 * 60 + 27) * 60_000, now, "en")).toBe("3:27 left");
    expect(left(now - 8 * 86_400_000, now, "zh")).toBe("逾期 8 天");
    expect(left(now - 8 * 86_400_000, now, "en")).toBe("8 days late");
    expect(left(now - 86_400_000, now, "en")).toBe("1 day late");
  });
});

describe("BX-04: amounts in capitals", () => {
  it.each([
    ["32010560", "人民币叁拾贰万零壹佰零伍元陆角整"],
    ["0", "人民币零元整"],
    ["5", "人民币伍分"],
    ["10005", "人民币壹佰元零伍分"],
    ["100000000", "人民币壹佰万元整"],
    ["1000000001", "人民币壹仟万元零壹分"],
    ["291342672", "人民币贰佰玖拾壹万叁仟肆佰贰拾陆元柒角贰分"],
    ["10000100000", "人民币壹亿零壹仟元整"],
    ["-50000010", "人民币负伍拾万元壹角整"],
    ["1010", "人民币壹拾元壹角整"],
  ])("%s fen", (fen, text) => expect(capitals(yuan(fen))).toBe(text));
});

describe("typed amounts", () => {
  it("reads separators, signs and full-width digits", () => {
    expect(parseAmount("320,105.6")).toBe("32010560");
    expect(parseAmount("￥３２０．５０")).toBe("32050");
    expect(parseAmount("-0.01")).toBe("-1");
  });
  it("refuses what is no amount", () => {
    for (const bad of ["", "1.234", "1e5", "abc", "--1", "1.2.3"]) expect(parseAmount(bad), bad).toBeUndefined();
  });
});

"""Mails: one with a workbook attached, and an export of two more with an archive inside the archive."""

import base64
import quopri
from collections.abc import Mapping

from scripts.demo_records import ids
from scripts.demo_records.ids import CONTRACT_NO, LABEL
from scripts.demo_records.office import archive
from scripts.demo_records.points import changes

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PROJECT_OFFICE = "kexin@lanxi-gaj.example"


def _word(text: str, charset: str = "utf-8") -> str:
    return text if text.isascii() else f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def _part(body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return lines.encode("ascii") + b"\r\n" + body + b"\r\n"


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n").rstrip()


def _head(subject: str, sender: str, to: str, date: str, place: int) -> dict[str, str]:
    return {
        "From": sender,
        "To": to,
        "Date": date,
        "Subject": _word(subject),
        "Message-ID": f"<{place}.lanxi@yunling-vision.example>",
        "MIME-Version": "1.0",
    }


def change_mail() -> bytes:
    """The project office's answer about two added points, with the list attached (EML, base64, gb18030 body)."""
    text = f"""{LABEL}

乙方项目部：

附件为{CONTRACT_NO}合同的点位变更表，请按表中点位安排立杆，安装完成后报科信科确认。
施工车辆{ids.PLATE}已登记，进场联系手机{ids.MOBILE}，办公电话{ids.LANDLINE}。

澜溪县公安局科技信息化科

-----原始邮件-----
发件人：项目部 <{ids.EMAIL}>
主题：点位变更确认
请甲方确认新增点位，设备型号仍为YS-IPC8421-PW。
"""
    outer = _head("回复：点位变更确认", _PROJECT_OFFICE, ids.EMAIL, "Mon, 06 Feb 2023 10:21:00 +0800", 1)
    outer["Content-Type"] = 'multipart/mixed; boundary="=_lanxi_1"'
    attached = _word("点位变更表.xlsx")
    parts = (
        _part(
            _base64(text.encode("gb18030")),
            {"Content-Type": "text/plain; charset=gb18030", "Content-Transfer-Encoding": "base64"},
        ),
        _part(
            _base64(changes()),
            {
                "Content-Type": f'{_XLSX}; name="{attached}"',
                "Content-Transfer-Encoding": "base64",
                "Content-Disposition": f'attachment; filename="{attached}"',
            },
        ),
    )
    body = b"".join(b"--=_lanxi_1\r\n" + part for part in parts) + b"--=_lanxi_1--"
    return _part(body, outer)


def _plain_mail(subject: str, text: str, date: str, place: int) -> bytes:
    headers = _head(subject, ids.EMAIL, _PROJECT_OFFICE, date, place)
    headers |= {"Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "quoted-printable"}
    body = quopri.encodestring(f"{LABEL}\n\n{text}\n".encode())
    return _part(body.replace(b"\n", b"\r\n"), headers)


def export() -> bytes:
    """Two mails of spring 2023 and an archive with a weekly report (ZIP in ZIP)."""
    first = _plain_mail(
        "到货通知",
        "各位：\n第一批摄像机90台已于今日到货，存放于县局仓库，请安排开箱验收。\n项目部",
        "Mon, 16 Jan 2023 09:05:00 +0800",
        2,
    )
    second = _plain_mail(
        "Training schedule",
        "The operator training is moved to 27 February. The room is the duty centre on the second floor.",
        "Thu, 16 Feb 2023 17:40:00 +0800",
        3,
    )
    figures = "前端在线率99.1%，录像完整率98.4%，更换交换机1台，三维地图数据更新1次。"
    weekly = f"{LABEL}\r\n运维周报 2023年第18周\r\n\r\n{figures}\r\n"
    inner = archive({"运维周报_2023年第18周.txt": weekly.encode("gb18030")})
    return archive({"001_到货通知.eml": first, "002_training.eml": second, "附件备份.zip": inner})

#!/usr/bin/env python3
"""Prepare everything by itself, then do it. Standard library only.

    python3 dev.py run [ARGS…]      start the program, or hand it a command of its command line
    python3 dev.py test [ARGS…]     all checks and tests; with ARGS, pytest alone with them
    python3 dev.py test --quick     the checks, and the tests of db, its domain and the house
    python3 dev.py bench [ARGS…]    measure queries and commands beside bare SQLite
    python3 dev.py setup            prepare, and stop there
    python3 dev.py catalogues       bring the texts of the code into the language catalogues
    python3 dev.py catalogues --check   fail where a text has no translation

Standard output belongs to the program: what this file, pip and apt say goes to standard error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is just who must read this
    sys.exit("Нужен Python 3.11 или новее / Python 3.11 or newer is needed.")

import ctypes
import hashlib
import importlib.util
import locale
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "prepared"
CATALOGUES = ROOT / "resources" / "locale"
COMPILED = VENV / "catalogues"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}

WINDOWS_RUSSIAN = 0x19  # LANG_RUSSIAN
# What the wheels of Qt expect of the system: the library and the Debian package that has it.
QT = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check(['--no-logo'])"
CHECKS: Mapping[str, Sequence[str]] = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", LINT_IMPORTS],
    "deptry": ["-m", "deptry", "."],
    "catalogues": [str(CATALOGUES / "catalogues.py"), "--check"],
}
QUICK = ("tests/db", "tests/house", "--hypothesis-profile=quick")
# pytest's last line, with or without its frame of equals signs.
CLOSING = re.compile(r"^=*\s*(no tests ran|\d+ [a-z]+(, \d+ [a-z]+)*) in [\d.]+m?s\b.*$")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


# ---- words ------------------------------------------------------------------------------------


def speaks_russian() -> bool:
    if os.name == "nt":
        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return primary == WINDOWS_RUSSIAN
    wishes = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((wish for wish in wishes if wish), "").lower().startswith("ru")


def words(english: str, russian: str) -> str:
    return russian if speaks_russian() else english


def say(english: str, russian: str) -> None:
    print(words(english, russian), file=sys.stderr, flush=True)


def give_up(english: str, russian: str) -> NoReturn:
    say(english, russian)
    sys.exit(1)


# ---- the system -------------------------------------------------------------------------------


def has_screen() -> bool:
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def demand_system(*, screen: bool) -> None:
    """See that a Linux system has what Qt and `venv` need, whichever distribution it is."""
    if sys.platform != "linux":
        return
    wanted = {**QT, **SCREEN} if screen else QT
    absent = {name: package for name, package in wanted.items() if not loads(name)}
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        # Debian ships Python without it.
        absent["ensurepip"] = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if absent:
        install_packages(absent)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(absent: Mapping[str, str]) -> None:
    """Install Debian packages when we may; otherwise say what to do, and stop."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *absent.values()]
    if not shutil.which("apt-get"):
        names = ", ".join(absent)
        give_up(
            f"The system lacks {names}. Install the packages of your system that have them.",
            f"В системе не хватает: {names}. Установите пакеты системы, в которых они есть.",
        )
    if os.geteuid() != 0:
        line = "sudo " + " ".join(command)
        give_up(
            f"The system lacks some packages. Run this once:\n  {line}",
            f"Не хватает системных пакетов. Выполните один раз:\n  {line}",
        )
    names = " ".join(absent.values())
    say(f"Installing system packages: {names}", f"Устанавливаю системные пакеты: {names}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    aside(["apt-get", "update", "-qq"], quiet)  # a stale list may still do
    if aside([*command, "-qq"], quiet) != 0:
        give_up("apt-get could not install them.", "apt-get не смог их установить.")


def aside(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run something whose every word goes to standard error; return its exit code."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=env, check=False
    )
    return done.returncode


# ---- the environment --------------------------------------------------------------------------


def prepare(kind: str) -> None:
    """Make `.venv` hold what the lock of this kind says, and the catalogues compiled."""
    if not is_prepared(kind):
        with alone():
            if not is_prepared(kind):  # another start may have done it while we waited
                install(kind)
    compile_catalogues()


def mark(kind: str) -> str:
    digest = hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()
    version = ".".join(map(str, sys.version_info[:2]))
    return f"{kind} {sys.implementation.name} {version} {digest}"


def is_prepared(kind: str) -> bool:
    """Say whether the environment is whole; one made for developing serves running as well."""
    if not PYTHON.exists() or not STAMP.exists():
        return False
    return STAMP.read_text("utf-8") in {mark(kind), mark("dev")}


def install(kind: str) -> None:
    if STAMP.exists() and STAMP.read_text("utf-8").startswith("dev "):
        kind = "dev"  # running never takes away what developing needs
    if not is_reusable():
        make_environment()
    STAMP.unlink(missing_ok=True)  # until the end the environment counts as half made
    say(
        "Installing libraries, once (about 250 MB; some minutes)…",
        "Устанавливаю библиотеки, один раз (около 250 МБ; несколько минут)…",
    )
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    loud = [] if sys.stderr.isatty() else ["--quiet"]
    lock = ["--no-deps", "--require-hashes", "-r", str(LOCKS[kind])]
    if aside([*pip, *loud, *lock]) != 0:
        give_up(
            "The libraries could not be installed: look at the lines above (network? disk?).",
            "Библиотеки не установились: причина в строках выше (сеть? место на диске?).",
        )
    draft = STAMP.with_suffix(".part")
    draft.write_text(mark(kind), "utf-8")
    draft.replace(STAMP)


def is_reusable() -> bool:
    """A whole environment of this Python takes a new lock; any other is made again."""
    if not PYTHON.exists() or not STAMP.exists():
        return False
    return STAMP.read_text("utf-8").split()[1:3] == mark("run").split()[1:3]


def make_environment() -> None:
    say("Making .venv …", "Создаю .venv …")
    own = getattr(sys, "_base_executable", None) or sys.executable
    if aside([own, "-m", "venv", "--clear", str(VENV)]) != 0:
        give_up(f"{VENV} could not be made.", f"Не удалось создать {VENV}.")


@contextmanager
def alone() -> Iterator[None]:
    """Let one start at a time touch the environment; the system frees the lock if we die."""
    with (ROOT / ".venv.lock").open("w") as held:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415

            while True:
                try:
                    msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    time.sleep(1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def compile_catalogues() -> None:
    """Compile the catalogues unless those compiled last were the same; a fresh clone has none."""
    sources = sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    whole = all(source.with_suffix(".mo").exists() for source in sources)
    if whole and COMPILED.exists() and COMPILED.read_text("utf-8") == digest:
        return
    if aside([str(PYTHON), str(CATALOGUES / "catalogues.py"), "--compile"]) != 0:
        give_up("The catalogues could not be compiled.", "Каталоги переводов не собрались.")
    COMPILED.write_text(digest, "utf-8")


# ---- what is started --------------------------------------------------------------------------


def surroundings(*, offscreen: bool) -> dict[str, str]:
    """The environment of what is started: our tree first, UTF-8 always, a screen or none."""
    env = {**os.environ, "PYTHONUTF8": "1"}
    others = os.environ.get("PYTHONPATH")
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT), *([others] if others else [])])
    if offscreen:
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform == "linux" and not locale_is_utf8():
        # Qt warns about any other; the language asked for stays known.
        env["LANG"] = env.pop("LC_ALL", "") or env.get("LANG", "") or "C.UTF-8"
        env["LC_CTYPE"] = "C.UTF-8"
    return env


def locale_is_utf8() -> bool:
    try:
        locale.setlocale(locale.LC_ALL, "")
    except locale.Error:  # named, but not installed on this system
        return False
    return locale.nl_langinfo(locale.CODESET).upper() == "UTF-8"


def become(command: Sequence[str], env: Mapping[str, str]) -> NoReturn:
    """Hand over to the environment's Python; its exit code and Ctrl+C are its own."""
    whole = [str(PYTHON), *command]
    if os.name != "nt":
        os.execve(whole[0], whole, dict(env))
    try:
        sys.exit(subprocess.run(whole, env=dict(env), check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(130)


def run(arguments: Sequence[str]) -> NoReturn:
    screen = has_screen()
    demand_system(screen=screen)
    prepare("run")
    # -P: a folder of the user's named `ui` or `desktop` must not stand in for ours.
    start = ["-P", "-m", "desktop", *arguments]
    if not screen and not arguments:
        say(
            "There is no screen here: making a demonstration and pictures of every page in out/.",
            "Здесь нет экрана: создаю пример и снимки всех страниц в папке out/.",
        )
        start = ["-P", "-m", "tests.pictures.tour"]
    become(start, surroundings(offscreen=not screen))


def bench(arguments: Sequence[str]) -> NoReturn:
    demand_system(screen=False)
    prepare("dev")
    become(["-P", "-m", "tests.speed.bench", *arguments], surroundings(offscreen=True))


def test(arguments: Sequence[str]) -> NoReturn:
    demand_system(screen=False)
    prepare("dev")
    os.chdir(ROOT)
    env = surroundings(offscreen=True)
    env["QT_QPA_PLATFORM"] = "offscreen"
    quick = list(arguments) == ["--quick"]
    if arguments and not quick:
        become(["-m", "pytest", *arguments], env)
    failed = [name for name, command in CHECKS.items() if not passes(name, command, env)]
    heading("pytest")
    code, closing = run_pytest(env, QUICK if quick else ())
    if code != 0:
        failed.append("pytest")
    if failed:
        print(words("Failed: ", "Не прошло: ") + ", ".join(failed))
    else:
        print(words("All checks passed.", "Все проверки прошли."))
    print(closing, flush=True)
    sys.exit(1 if failed else 0)


def heading(name: str) -> None:
    print(f"\n──── {name} ────", flush=True)


def passes(name: str, command: Sequence[str], env: Mapping[str, str]) -> bool:
    heading(name)
    started = time.monotonic()
    code = subprocess.run([str(PYTHON), *command], env=dict(env), check=False).returncode
    print(f"{name}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - started:.1f} s")
    return code == 0


def run_pytest(env: Mapping[str, str], places: Sequence[str]) -> tuple[int, str]:
    """Show pytest's output as it comes, but keep its closing line for the very end."""
    command = [str(PYTHON), "-m", "pytest", "-n", "auto", *places]
    if sys.stdout.isatty():
        command.append("--color=yes")
    closing = ""
    with subprocess.Popen(
        command, env=dict(env), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8"
    ) as tests:
        assert tests.stdout is not None
        for line in tests.stdout:
            shown = line
            if CLOSING.match(COLOUR.sub("", line)):
                shown, closing = closing, line
            print(shown, end="", flush=True)
    return tests.returncode, closing.rstrip() or f"pytest: exit code {tests.returncode}"


def catalogues(arguments: Sequence[str]) -> NoReturn:
    prepare("run")
    become([str(CATALOGUES / "catalogues.py"), *arguments], surroundings(offscreen=True))


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    what, *arguments = sys.argv[1:] or ["run"]
    starts = {"run": run, "test": test, "bench": bench, "catalogues": catalogues}
    if what in starts:
        starts[what](arguments)
    elif what == "setup" and not arguments:
        demand_system(screen=has_screen())
        prepare("run")
        say("Ready: python3 dev.py run", "Готово: python3 dev.py run")
    else:
        asked = what in {"-h", "--help"}
        print(__doc__, end="", file=sys.stdout if asked else sys.stderr)
        sys.exit(0 if asked else 2)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:  # a folder that can't be written, a full disk
        give_up(f"It can't be done here: {error}", f"Здесь не получается: {error}")

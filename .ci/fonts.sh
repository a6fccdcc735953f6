#!/bin/sh
# Fetch the free Fandol faces (stand-ins for 仿宋, 楷体, 黑体, 宋体) and Liberation Serif (as wide as Times New
# Roman) into TARGETDIR, for the page tests. Debian packs Fandol with 49 MB of TeX; only the faces are kept and
# nothing is installed.
set -eu

target=${1:?用法：.ci/fonts.sh 目标文件夹}
mkdir -p "$target"
target=$(cd "$target" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
apt-get download texlive-lang-chinese fonts-liberation
for package in *.deb; do
    dpkg -x "$package" unpacked
done
find unpacked \( -name 'Fandol*-Regular.otf' -o -name 'LiberationSerif-Regular.ttf' \) -exec cp {} "$target" \;
ls -l "$target"

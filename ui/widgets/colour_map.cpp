#include "ui/widgets/colour_map.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace earmark
{

namespace
{

/// Where a map begins and ends: lightness 0 … 1, hue in degrees (beyond 360 where the way leads round), and how colourful its middle is.
struct Path {
    double darkest, lightest;
    double firstHue, lastHue;
    double firstChroma, middleChroma, lastChroma;
};

constexpr Path meadow{0.20, 0.93, 300, 108, 0.08, 0.13, 0.17};
constexpr Path ember{0.08, 0.96, 285, 455, 0.03, 0.21, 0.06};
constexpr Path grey{0.10, 0.98, 0, 0, 0, 0, 0};

struct Linear {
    double red, green, blue;
    bool isColour() const { return std::min({red, green, blue}) >= -1e-4 && std::max({red, green, blue}) <= 1.0001; }
};

/// OKLab as Björn Ottosson defines it.
Linear fromOklch(double lightness, double chroma, double hue)
{
    const double a = chroma * std::cos(hue * std::numbers::pi / 180);
    const double b = chroma * std::sin(hue * std::numbers::pi / 180);
    const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

int encoded(double linear)
{
    linear = std::clamp(linear, 0.0, 1.0);
    const double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(value * 255));
}

/// As colourful as the screen can show at this lightness, at most as asked.
QRgb screenColour(double lightness, double chroma, double hue)
{
    Linear colour = fromOklch(lightness, chroma, hue);
    while (!colour.isColour() && chroma > 0.001)
        colour = fromOklch(lightness, chroma *= 0.98, hue);
    return qRgb(encoded(colour.red), encoded(colour.green), encoded(colour.blue));
}

std::array<QRgb, 256> along(const Path& path)
{
    std::array<QRgb, 256> colours;
    for (std::size_t i = 0; i < colours.size(); ++i) {
        const double t = static_cast<double>(i) / 255;
        const double chroma = (1 - t) * (1 - t) * path.firstChroma + 2 * t * (1 - t) * (2 * path.middleChroma - (path.firstChroma + path.lastChroma) / 2) + t * t * path.lastChroma;
        colours[i] = screenColour(path.darkest + t * (path.lightest - path.darkest), chroma, path.firstHue + t * (path.lastHue - path.firstHue));
    }
    return colours;
}

} // namespace

const std::array<QRgb, 256>& coloursOf(ColourMap map)
{
    static const std::array<std::array<QRgb, 256>, 3> all{along(meadow), along(ember), along(grey)};
    return all[static_cast<std::size_t>(map)];
}

} // namespace earmark

#include "engine/dataset/palette.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace earmark
{

namespace
{

using Colour = std::array<int, 3>;

// Okabe & Ito, "Color Universal Design" (2008); their black is last, for it hides a waveform.
constexpr Colour base[] = {{0xE6, 0x9F, 0x00}, {0x56, 0xB4, 0xE9}, {0x00, 0x9E, 0x73}, {0xF0, 0xE4, 0x42},
                           {0x00, 0x72, 0xB2}, {0xD5, 0x5E, 0x00}, {0xCC, 0x79, 0xA7}, {0x44, 0x44, 0x44}};

constexpr std::string_view keys = "123456789abcdefghijklmnopqrstuvwxyz";

} // namespace

std::string paletteColour(std::size_t index)
{
    Colour colour = base[index % std::size(base)];
    const std::size_t round = index / std::size(base) % 3;
    for (int& part : colour) {
        if (round == 1)
            part += (255 - part) / 2;
        else if (round == 2)
            part = part * 3 / 5;
    }
    char text[8];
    std::snprintf(text, sizeof text, "#%02x%02x%02x", colour[0] & 0xFF, colour[1] & 0xFF, colour[2] & 0xFF);
    return text;
}

bool isLabelKey(std::string_view key) { return key.size() == 1 && keys.find(key[0]) != std::string_view::npos; }

std::string nextLabelKey(const std::vector<std::string>& taken)
{
    for (const char key : keys)
        if (std::ranges::find(taken, std::string(1, key)) == taken.end())
            return std::string(1, key);
    return {};
}

bool isColour(std::string_view colour)
{
    return colour.size() == 7 && colour[0] == '#' &&
           colour.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

} // namespace earmark

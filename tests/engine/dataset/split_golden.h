// Made by tests/golden/split_golden.py with Hugging Face datasets; do not edit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

struct SplitGolden {
    std::size_t count;
    double testSize; ///< a count where not below 1
    std::uint64_t seed;
    std::size_t testCount;
    std::vector<std::size_t> firstTestRows;
    std::uint32_t trainChecksum; ///< CRC-32 of the row numbers, joined by commas
    std::uint32_t testChecksum;
};

inline const SplitGolden splitGolden[] = {
    // clang-format off
    {10, 0.1, 42u, 1, {5}, 0xBFC9F349u, 0x84B12BAEu},
    {10, 0.25, 0u, 3, {4, 6, 2}, 0x0214553Bu, 0xA9675AD1u},
    {11, 0.1, 42u, 2, {6, 7}, 0x80C4B3A7u, 0x5E2B8E91u},
    {13, 3, 7u, 3, {6, 8, 0}, 0x9FA06125u, 0x37374597u},
    {100, 0.1, 42u, 10, {59, 21, 56, 18, 33}, 0x4C2231BAu, 0xDE38247Cu},
    {999, 0.1, 42u, 100, {977, 933, 859, 916, 127}, 0xCA41284Fu, 0x0457AC91u},
    {1000, 0.1, 42u, 100, {978, 933, 859, 916, 127}, 0x9D1E74B5u, 0x9A9B208Cu},
    {1000, 0.15, 1u, 150, {705, 649, 543, 927, 577}, 0xA925C02Au, 0xE53CFECCu},
    {1000, 333, 123456789u, 333, {441, 458, 719, 781, 869}, 0x3D56922Au, 0x5D134E37u},
    {1001, 0.2, 4294967295u, 201, {359, 726, 442, 58, 38}, 0x862E5D56u, 0xA086DA5Du},
    {1003, 0.001, 4294967296u, 2, {603, 858}, 0x73A242D0u, 0xFE8B546Bu},
    {5000, 0.29, 9223372036854775808u, 1450, {713, 1608, 4219, 2428, 2207}, 0xF02A0A2Fu, 0xD4F13AABu},
    {70000, 0.3, 3u, 21000, {62765, 41943, 28262, 54908, 67573}, 0x32C8F6E6u, 0x6A2BF88Eu},
    {2, 0.5, 5u, 1, {1}, 0xF4DBDF21u, 0x83DCEFB7u},
    // clang-format on
};

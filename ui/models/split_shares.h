// How large training, validation and test are to be, in whole percent that always add to 100: what one gains another gives. Thread: any.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace earmark
{

struct SplitShares {
    enum Part : std::size_t { train, validation, test };

    std::array<int, 3> percent = {80, 10, 10};

    /// Training gives and takes, down to 1; beyond that the other one does. Where training itself is set, the others keep their proportion.
    void set(Part part, int value)
    {
        value = std::clamp(value, part == train ? 1 : 0, part == train ? 100 : 99);
        const int rest = 100 - value;
        percent[part] = value;
        if (part != train) {
            const Part other = part == test ? validation : test;
            percent[other] = std::min(percent[other], rest - 1);
            percent[train] = rest - percent[other];
            return;
        }
        const int before = percent[validation] + percent[test];
        percent[validation] = before > 0 ? (2 * rest * percent[validation] + before) / (2 * before) : 0;
        percent[test] = rest - percent[validation];
    }

    bool operator==(const SplitShares&) const = default;
};

} // namespace earmark

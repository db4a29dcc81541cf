#include "engine/compute/compute.h"

#include <cstdio>

int main()
{
    const auto compute = earmark::openCompute();
    if (!compute) {
        std::fprintf(stderr, "%s\n", compute.error().message.c_str());
        return static_cast<int>(compute.error().kind());
    }
    return 0;
}

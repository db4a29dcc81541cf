// The command line as a whole: reads it, runs the one command named, and turns what came of it into an exit status.
#pragma once

namespace earmark::cli
{

/// Exit status: 0 done, 1 failed while working, 2 wrong usage, 3 bad input, 130 stopped by the user.
int run(int argc, char** argv);

} // namespace earmark::cli

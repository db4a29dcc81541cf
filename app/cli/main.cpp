#include "app/cli/command_line.h"

int main(int argc, char** argv) { return earmark::cli::run(argc, argv); }

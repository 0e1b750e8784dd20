// Without exceptions the value of an error ends the process by abort(), after the message.
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "rancognition.hpp"

int main()
{
    std::signal(SIGABRT, [](int) { std::_Exit(0); });
    static_cast<void>(rancog::nothrow::temporal::create(0).value());
    std::fprintf(stderr, "it went on\n"); // ctest looks at the output only, not at what main returns
    return 1;
}

// Without exceptions the value of an error ends the process by abort(), after the message.
#include <csignal>
#include <cstdlib>

#include "rancognition.hpp"

int main()
{
    std::signal(SIGABRT, [](int) { std::_Exit(0); });
    static_cast<void>(rancog::nothrow::temporal::create(0).value());
    return 1;
}

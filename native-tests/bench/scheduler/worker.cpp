#include "worker.hpp"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

#include "engine.hpp"
#include "hand_over.hpp"
#include "lateness.hpp"

namespace {

constexpr unsigned patience_seconds = 300; /* a measurement that hangs is ended by the alarm */

uint64_t number(const std::string &word)
{
    return std::strtoull(word.c_str(), nullptr, 10);
}

figures answer(const std::vector<std::string> &words)
{
    const std::string &what = words[0];
    const engine_entry *engine = find_engine(words[1]);
    if (what == "measure" && engine) {
        return engine->measure(number(words[2]), number(words[3]));
    }
    if (what == "memory" && engine) {
        return engine->memory(number(words[2]), number(words[3]));
    }
    if (what == "steady" && engine) {
        return engine->steady_memory(number(words[2]), number(words[3]), number(words[4]));
    }
    if (what == "lateness") {
        return lateness(words[1], number(words[2]));
    }
    if (what == "hand-over") {
        return hand_over(words[1], number(words[2]));
    }
    return {};
}

} // namespace

int work(const std::vector<std::string> &words)
{
    FILE *answers = fdopen(dup(STDOUT_FILENO), "w");
    if (!answers || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) { /* a library that prints does not print among the figures */
        return 1;
    }
    alarm(patience_seconds);
    for (double figure : answer(words)) {
        std::fprintf(answers, "%.17g\n", figure);
    }
    return std::fclose(answers) == 0 ? 0 : 1;
}

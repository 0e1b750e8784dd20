/* Maps of the host's: ours and KINSOL call the same function. */
#include <cstdio>

#include "peers.hpp"
#include "sections.hpp"
#include "solution.hpp"
#include "table.hpp"
#include "timing.hpp"

void measure_peers(const bench_plan &plan, const std::vector<test_map> &maps)
{
    const ours library;
#ifdef BENCH_KINSOL
    const bool has_peer = true;
#else
    const bool has_peer = false;
#endif
    std::printf("\nThe same maps as functions of the host: ours beside KINSOL%s, tolerance 1e-10, from zeros; us of CPU of a call, the function's included\n"
                "  %-33s %-10s %-11s %7s %7s %9s %11s   %-9s %7s %7s %9s %11s\n",
                has_peer ? "" : " (left out, not found when this was compiled: Debian libsundials-dev)", "", "method", "ours", "steps", "values", "residual", "us", "KINSOL", "steps", "values",
                "residual", "us");
    for (const test_map &map : maps) {
        for (const char *method : {"picard", "anderson", "newton"}) {
            const std::string request = request_of("", method, ",\"x0\":" + digits(numbers(map.size, 0)));
            std::string answer;
            const double us = us_of_call(plan.ms_of_timing, [&] { answer = library.solve(request, map.next); });
            const solution found = solution_of(answer);
            std::printf("  %-33s %-10s %-11s", map.name.c_str(), method, found.state.c_str());
            put(found.steps, 7, 0);
            put(found.evaluations, 7, 0);
            std::printf(" %9.1e", found.x.empty() ? none : residual_of(map, found.x));
            put(us, 11, 1);
#ifdef BENCH_KINSOL
            peer_answer other;
            const double other_us = us_of_call(plan.ms_of_timing, [&] { other = ask_kinsol(map, method, 1e-10); });
            std::printf("   %-9s", other.converged && residual_of(map, other.x) <= 1e-9 ? "converged" : "no");
            put(static_cast<double>(other.steps), 7, 0);
            put(static_cast<double>(other.evaluations), 7, 0);
            std::printf(" %9.1e", residual_of(map, other.x));
            put(other_us, 11, 1);
#endif
            std::printf("\n");
            std::fflush(stdout);
        }
    }
}

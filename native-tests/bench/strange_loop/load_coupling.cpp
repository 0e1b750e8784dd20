/* Loads of networks: steps of every method, and what is said on both sides of the limit. */
#include <cmath>
#include <cstdio>

#include "sections.hpp"
#include "solution.hpp"
#include "table.hpp"
#include "timing.hpp"

namespace {

constexpr double published_traffic_mbps = 1000, published_limit = 1219.829; /* of the published scene */
constexpr double published_picard = 131, published_anderson = 22, published_newton = 5;
constexpr double published_share = published_traffic_mbps / published_limit;

/* Makes the request's member map for a traffic in Mb/s. */
using map_of_traffic = std::function<std::string(double)>;

std::string made_by_library(double traffic_mbps)
{
    return "{\"type\":\"load_coupling\",\"network\":{\"layout\":{\"type\":\"hexagonal\",\"sites\":19,\"inter_site_distance_m\":500,\"wraparound\":true},\"propagation\":{\"model\":\"UMa\","
           "\"frequency_ghz\":2,\"seed\":1},\"users\":{\"count\":1500,\"seed\":1},\"traffic_mbps\":" + digits(traffic_mbps) + "}}";
}

double show_methods(const bench_plan &plan, const ours &library, const map_of_traffic &map, double traffic, double share)
{
    double newton = none;
    for (const char *method : {"picard", "aitken", "anderson", "newton", "auto"}) {
        const std::string request = request_of(map(traffic), method);
        std::string answer;
        const double us = us_of_call(plan.ms_of_timing, [&] { answer = library.solve(request); });
        const solution found = solution_of(answer);
        double largest = none, sum = 0;
        for (double load : found.x) {
            largest = std::fmax(largest, load);
            sum += load;
        }
        newton = method == std::string("newton") && found.state == "CONVERGED" ? found.steps : newton;
        std::printf("  %10.1f %8.3f %-10s %-11s", traffic, share, method, found.state.c_str());
        put(found.steps, 7, 0);
        put(found.evaluations, 7, 0);
        std::printf(" %9.1e %9.1e %-9s", found.residual, found.error_bound, std::isnan(found.error_bound) ? "" : found.proven ? "proven" : "estimated");
        put(largest, 13, 6);
        put(sum, 13, 6);
        put(us / 1000, 9, 2);
        std::printf("\n");
        std::fflush(stdout);
    }
    return newton;
}

/* Below the limit nothing may speak against a fixed point, and Newton's method must find it at 0.999; above it all must see that there is none. */
bool is_right(const std::string &method, double share, const solution &found)
{
    const bool side = std::isnan(found.critical_scale) ? false : (found.critical_scale > 1) == (share < 1);
    if (share > 1) {
        return found.state == "INFEASIBLE" && side;
    }
    const bool must_converge = (method == "newton" || method == "auto") && share <= 0.999;
    return side && (must_converge ? found.state == "CONVERGED" : found.state != "INFEASIBLE" && found.state != "DIVERGING");
}

struct verdicts {
    int right = 0, all = 0;
};

void show_verdicts(const ours &library, const map_of_traffic &map, double limit, verdicts &near, verdicts &nearest)
{
    std::printf("  %-14s %-24s %-24s %-24s %-24s %-24s right\n", "of the limit", "picard", "aitken", "anderson", "newton", "auto");
    for (double offset : {-1e-3, 1e-3, -1e-6, 1e-6}) {
        const double share = 1 + offset;
        std::printf("  %-14.6f", share);
        verdicts &sum = std::fabs(offset) > 1e-4 ? near : nearest;
        int right = 0;
        for (const char *method : {"picard", "aitken", "anderson", "newton", "auto"}) {
            const solution found = solution_of(library.solve(request_of(map(limit * share), method)));
            std::printf(" %-24s", (found.state + " in " + cell(found.steps, 0, 0)).c_str());
            right += is_right(method, share, found);
        }
        sum.right += right;
        sum.all += 5;
        std::printf(" %d of 5\n", right);
        std::fflush(stdout);
    }
}

void print_title()
{
    std::printf("  %10s %8s %-10s %-11s %7s %7s %9s %9s %-9s %13s %13s %9s\n", "Mb/s", "of limit", "method", "state", "steps", "values", "residual", "bound", "", "largest load", "sum of loads", "ms of CPU");
}

} // namespace

void measure_load_coupling(const bench_plan &plan, goal_rows &rows)
{
    const ours library;
    verdicts near, nearest;
    std::printf("\nLoads of the library's own network, 57 cells and 1500 users: a call makes the network too\n");
    print_title();
    const double limit = 200 * solution_of(library.solve(request_of(made_by_library(200), "newton"))).critical_scale;
    double newton = none;
    for (double share : {0.25, 0.5, published_share, 0.95}) {
        newton = show_methods(plan, library, made_by_library, limit * share, share);
        if (share == published_share) {
            rows.push_back({"Newton, own network, 0.82 of its limit", 0, "steps", 0, newton, "published, another network", published_newton, published_newton / newton, "<= 6", judge(newton <= 6)});
        }
    }
    show_verdicts(library, made_by_library, limit, near, nearest);

    plain_network network = plan.scene.empty() ? made_scene(100) : read_scene(plan.scene, published_traffic_mbps);
    const char *name = plan.scene.empty() ? "made scene" : "given scene";
    const double plain_limit = network.traffic_mbps * plain_coupling(network, network.cells).limit();
    network.traffic_mbps = plan.scene.empty() ? published_share * plain_limit : published_traffic_mbps;
    const map_of_traffic links = [&](double traffic) {
        plain_network other = network;
        other.traffic_mbps = traffic;
        return loads_of(name, other).json;
    };
    const test_map map = loads_of(name, network);
    const solution found = solution_of(library.solve(request_of(map.json, "newton")));
    const double our_limit = network.traffic_mbps * found.critical_scale;
    std::printf("\nLoads of the %s, %zu cells and %zu users, given by its links%s; limit %.3f Mb/s, from the definitions %.3f;\n"
                "  largest |F(x) - x| of the loads found, from the definitions: %.1e; published at 0.82 of the limit: Picard %.0f, Anderson %.0f, Newton %.0f steps\n",
                name, network.cells.size(), network.users, plan.scene.empty() ? " (--scene FILE reads another)" : "", our_limit, plain_limit, found.x.empty() ? none : residual_of(map, found.x),
                published_picard, published_anderson, published_newton);
    print_title();
    newton = show_methods(plan, library, links, network.traffic_mbps, network.traffic_mbps / plain_limit);
    show_verdicts(library, links, plain_limit, near, nearest);
    measure_peers(plan, {map});
    rows.push_back({std::string("Newton, ") + name + ", 0.82 of its limit", 0, "steps", 0, newton, plan.scene.empty() ? "published, another network" : "published", published_newton,
                    published_newton / newton, "<= 6", judge(newton <= 6)});
    const double off = std::fabs(our_limit / plain_limit - 1);
    rows.push_back({"limit of the traffic, off the definitions", 0, "relative", 9, off, "", none, none, "<= 1e-6", judge(off <= 1e-6)});
    rows.push_back({"verdicts at 0.999 and 1.001 of the limit", 0, "% right", 0, 100.0 * near.right / near.all, "plain iteration: none", none, none, "100", judge(near.right == near.all)});
    rows.push_back({"verdicts at 1 - 1e-6 and 1 + 1e-6", 0, "% right", 0, 100.0 * nearest.right / nearest.all, "", none, none, "", verdict::open});
}

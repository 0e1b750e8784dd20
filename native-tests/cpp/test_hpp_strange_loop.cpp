// The strange-loop core through rancognition.hpp, with errors as exceptions and as values: results are those of the C functions, of closed
// forms and of a recursion of our own; maps of every shape; what fails, what throws, what is closed meanwhile. Compiled with exceptions and
// without.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include "kit.hpp"

namespace {

using kit::fails;
using kit::has;
using kit::plain;
using numbers = rancog::span<const double>;
using places = rancog::span<double>;

constexpr std::uint64_t fixed_now = 1600000000000000000u;
constexpr double cosine_point = 0.73908513321516064; // of x = cos x (the Dottie number)

constexpr std::string_view linear = R"({"map":{"type":"linear","matrix":[[0.5,0.25],[0.125,0.5]],"offset":[1,2]},"method":"picard","unknown":1})";
constexpr std::string_view near_one = R"({"x0":[1],"method":"picard"})";
constexpr std::string_view endless = R"({"x0":[0,0],"method":"picard","tolerance":0,"max_iterations":10000000})";
constexpr std::string_view fight = R"({"commands":[
    {"source":"MLB","command":"set","targetParameter":"CIO","targetValue":3,"targetCell":"A","timestamp":1000,"controlTimespan":500},
    {"source":"MRO","command":"set","targetParameter":"CIO","targetValue":-3,"targetCell":"A","timestamp":1200,"controlTimespan":500}],
    "loops":{"names":["MLB","MRO"],"gain":[[0,-1.5],[1.5,0]]},"unknown":1})";

rancog::host fixed_clock()
{
    rancog::host host;
    host.now_ns = [] { return fixed_now; };
    return host;
}

const std::uint8_t *bytes(std::string_view text) { return reinterpret_cast<const std::uint8_t *>(text.data()); }

rancog_strange_loop *core_of_c(std::string_view options)
{
    rancog_host host{};
    host.struct_size = sizeof host;
    host.now_ns = [](void *) { return fixed_now; };
    return rancog_strange_loop_create(bytes(options), options.size(), &host);
}

// The number after the name, the first time that it is there.
double number_of(std::string_view json, std::string_view name)
{
    const std::string copy(json), key = "\"" + std::string(name) + "\":";
    const std::size_t at = copy.find(key);
    if (at == std::string::npos) {
        CHECK(has(copy, key));
        return NAN;
    }
    const char *const from = copy.c_str() + at + key.size();
    return std::strtod(from + (*from == '[' ? 1 : 0), nullptr);
}

void cosine(numbers x, places fx) { fx[0] = std::cos(x[0]); }

// Turns and shrinks, so that plain steps take long: the fixed point is (1, 2).
void spiral(numbers x, places fx)
{
    const double left = x[0] - 1, right = x[1] - 2;
    fx[0] = 1 + 0.6 * left - 0.7 * right;
    fx[1] = 2 + 0.7 * left + 0.6 * right;
}

// What a loop says in its step of this number: what happened, and what it expects next.
std::string observation(int step)
{
    const auto outcome = [](int of) { return 10 + 3 * std::sin(0.7 * of) + 0.01 * (of * 37 % 11); };
    char text[400];
    std::string said = R"({"loop_id":"a","time_ns":)" + std::to_string(1000 + step);
    if (step > 0) {
        std::snprintf(text, sizeof text, R"(,"observed":{"prb":%.17g})", outcome(step - 1));
        said += text;
    }
    std::snprintf(text, sizeof text, R"(,"predict":{"prb":{"mean":%.17g,"lower":5,"upper":15,"coverage":0.8}},"experts":{"last":{"prb":%.17g},"level":{"prb":10}}})",
                  outcome(step) + 0.5, outcome(step - 1));
    return said + text;
}

template <class Errors>
void json_is_that_of_c()
{
    constexpr std::string_view options = R"({"aci_step":0.1})";
    const auto core = plain(rancog::basic_strange_loop<Errors>::create(options, fixed_clock()));
    rancog_strange_loop *const c = core_of_c(options);
    const auto same = [](const rancog::buffer &ours, std::uint8_t *theirs, std::string_view part) {
        const rancog::buffer text(theirs);
        return rancog_last_status() == RANCOG_OK && ours.view() == text.view() && has(ours, part);
    };
    CHECK(same(plain(core.solve(linear)), rancog_strange_loop_solve(c, bytes(linear), linear.size()), R"("state":"CONVERGED")"));
    CHECK(has(plain(core.solve(linear)), "unknown"));
    const auto map = [](const double *x, std::size_t n, double *fx, void *) {
        spiral({x, n}, {fx, n});
        return std::int32_t{0};
    };
    constexpr std::string_view start = R"({"x0":[7,-3]})";
    CHECK(same(plain(core.solve_with(start, spiral)), rancog_strange_loop_solve_with(c, bytes(start), start.size(), map, nullptr), R"("convergence":true)"));
    for (int step = 0; step < 12; step++) {
        const std::string said = observation(step);
        CHECK(same(plain(core.observe(said)), rancog_strange_loop_observe(c, bytes(said), said.size()), R"("corrected":{"prb":)"));
    }
    CHECK(same(plain(core.detect_conflicts(fight)), rancog_strange_loop_detect_conflicts(c, bytes(fight), fight.size()), R"("conflictType":"direct")"));
    const std::string state = plain(core.get_state());
    CHECK(same(plain(core.get_state()), rancog_strange_loop_get_state(c), "prb"));

    const auto other = plain(rancog::basic_strange_loop<Errors>::create({}, fixed_clock())); // with settings of its own, until it believes
    static_cast<void>(other.restore(state));
    CHECK(rancog_last_status() == RANCOG_OK && plain(other.get_state()).view() == state);
    CHECK(plain(other.observe(observation(12))).view() == plain(core.observe(observation(12))).view());
    rancog_strange_loop_destroy(c);
}

template <class Errors>
void fixed_points_are_those_of_closed_forms()
{
    const auto core = plain(rancog::basic_strange_loop<Errors>::create());
    for (const char *const method : {"auto", "picard", "aitken", "anderson", "newton"}) {
        const rancog::buffer found = plain(core.solve_with(R"({"x0":[1],"tolerance":1e-12,"method":")" + std::string(method) + "\"}", cosine));
        CHECK(has(found, R"("state":"CONVERGED")"));
        CHECK(std::fabs(number_of(found, "x") - cosine_point) < 1e-11);
        CHECK(std::fabs(number_of(found, "spectral_radius") - std::sin(cosine_point)) < 1e-5);
    }
    // (1 - 0.5) x - 0.25 y = 1, -0.125 x + 0.5 y = 2: x = 32/7, y = 36/7.
    const rancog::buffer found = plain(core.solve(linear));
    CHECK(std::fabs(number_of(found, "x") - 32.0 / 7) < 1e-9);
    CHECK(std::fabs(number_of(found, "spectral_radius") - (0.5 + std::sqrt(0.03125))) < 1e-9);
    CHECK(number_of(found, "error_bound") >= std::fabs(number_of(found, "x") - 32.0 / 7));
    const rancog::buffer cycle = plain(core.solve(R"({"map":{"type":"expression","variables":["x"],"expressions":["3.2*x*(1 - x) "]},"x0":[0.3],"method":"picard"})"));
    CHECK(has(cycle, R"("state":"OSCILLATING")") && number_of(cycle, "period") == 2);
}

template <class Errors>
void maps_of_every_shape_are_solved()
{
    const auto core = plain(rancog::basic_strange_loop<Errors>::create({}, fixed_clock()));
    constexpr std::string_view start = R"({"x0":[7,-3]})";
    const std::string expected = plain(core.solve_with(start, spiral));
    std::size_t count = 0;
    CHECK(plain(core.solve_with(start, [&](numbers x, places fx) {
        CHECK(x.size() == 2 && fx.size() == 2 && std::isnan(fx[0]) && std::isnan(fx[1]));
        count++;
        spiral(x, fx);
    })).view() == expected);
    CHECK(count == static_cast<std::size_t>(number_of(expected, "evaluations")));
    std::size_t calls = 0;
    auto moved_only = [&, own = std::make_unique<std::size_t>(0)](numbers x, places fx) mutable {
        calls = ++*own; // changes itself, cannot be copied, and says how it went
        spiral(x, fx);
        return true;
    };
    CHECK(plain(core.solve_with(start, moved_only)).view() == expected);
    CHECK(plain(core.solve_with(start, moved_only)).view() == expected && calls == 2 * count); // it was borrowed
    struct named {
        bool operator()(numbers x, places fx) const
        {
            spiral(x, fx);
            return x.size() == fx.size();
        }
    };
    CHECK(plain(core.solve_with(start, named{})).view() == expected);
}

template <class Errors>
void a_map_that_cannot_be_evaluated_ends_the_call()
{
    const auto thrower = plain(rancog::basic_strange_loop<Errors>::create());
    const rancog::nothrow::strange_loop core = thrower.as_nothrow();
    std::size_t count = 0;
    const auto fourth = core.solve_with(near_one, [&](numbers x, places fx) {
        cosine(x, fx);
        return ++count < 4;
    });
    CHECK(fails(fourth, RANCOG_E_INVALID_ARGUMENT, "fn") && !fourth.error().cause() && count == 4);
    CHECK(fails(core.solve_with(near_one, [](numbers, places) {}), RANCOG_E_INVALID_ARGUMENT, "x0")); // unset is NaN
    count = 0;
    CHECK(fails(core.solve_with(near_one, [&](numbers x, places fx) { fx[0] = ++count < 4 ? std::cos(x[0]) : NAN; }), RANCOG_E_INVALID_ARGUMENT, "not finite"));
    CHECK(has(plain(thrower.solve_with(near_one, cosine)), R"("convergence":true)")); // it goes on as if nothing had been
}

// What the core says of itself is what is counted here, and its level is where the recursion of Gibbs and Candes leads.
template <class Errors>
void coverage_and_regret_are_within_their_bounds()
{
    constexpr double target = 0.8, step_size = 0.1;
    const auto core = plain(rancog::basic_strange_loop<Errors>::create(R"({"aci_step":0.1})"));
    const auto outcome = [](int of) { return of % 50 < 25 ? 3 + 2 * std::sin(of) : 12.0; }; // jumps, as a cell that is switched
    double lower = 0, upper = 0, of_mixture = 0, of_last = 0, of_mean = 0;
    double last = 0, weight = 0, level = 1 - target;
    int covered = 0;
    const int steps = 300;
    for (int step = 0; step <= steps; step++) {
        std::string said = R"({"loop_id":"a","time_ns":)" + std::to_string(step + 1);
        char text[300];
        if (step > 0) {
            const double value = outcome(step - 1);
            std::snprintf(text, sizeof text, R"(,"observed":{"load":%.17g})", value);
            said += text;
            const bool is_covered = lower <= value && value <= upper;
            covered += is_covered;
            level += step_size * (1 - target - (is_covered ? 0 : 1));
            of_last += std::fabs(last - value);
            of_mean += std::fabs(6 - value);
            of_mixture += weight * std::fabs(last - value) + (1 - weight) * std::fabs(6 - value);
            last = value;
        }
        std::snprintf(text, sizeof text, R"(,"predict":{"load":{"mean":6,"lower":4,"upper":8,"coverage":0.8}},"experts":{"last":{"load":%.17g},"mean":{"load":6}}})", last);
        const rancog::buffer reply = plain(core.observe(said + text));
        const std::string_view json = reply;
        const std::size_t corrected = json.find("\"corrected\":");
        const auto end = [&](const char *name, double unbounded) {
            const std::string_view entry = json.substr(corrected, json.find('}', corrected) - corrected);
            return entry.find("\"" + std::string(name) + "\":null") != std::string_view::npos ? unbounded : number_of(entry, name);
        };
        const bool is_empty = json.substr(corrected, 200).find("\"empty\":true") != std::string_view::npos;
        lower = is_empty ? 1 : end("lower", -HUGE_VAL);
        upper = is_empty ? 0 : end("upper", HUGE_VAL);
        weight = number_of(json.substr(json.find("\"weights\":")), "last");
        if (step == steps) {
            const std::string_view coverage = json.substr(json.find("\"coverage\":")), regret = json.substr(json.find("\"regret\":"));
            const double share = static_cast<double>(covered) / steps;
            CHECK(std::fabs(number_of(coverage, "value") - share) < 1e-12 && number_of(coverage, "target") == target && number_of(coverage, "steps") == steps);
            CHECK(std::fabs(number_of(coverage, "bound") - (target + step_size) / (steps * step_size)) < 1e-12);
            CHECK(std::fabs(share - target) <= number_of(coverage, "bound"));
            CHECK(std::fabs(number_of(regret, "value") - (of_mixture - std::min(of_last, of_mean))) < 1e-6);
            CHECK(number_of(regret, "value") <= number_of(regret, "bound"));
            CHECK(std::fabs(number_of(plain(core.get_state()), "miscoverage") - level) < 1e-9);
        }
    }
}

template <class Errors>
void functions_that_chase_each_other_are_damped()
{
    const auto core = plain(rancog::basic_strange_loop<Errors>::create());
    const rancog::buffer found = plain(core.detect_conflicts(fight));
    CHECK(has(found, R"("conflictType":"direct","sources":["MLB","MRO"])") && has(found, R"("commands":[0,1])"));
    // The eigenvalues are +-1.5 i: 2 (1 - 0) / |1 - 1.5 i|^2 = 2 / 3.25.
    CHECK(std::fabs(number_of(found, "spectral_radius") - 1.5) < 1e-12 && std::fabs(number_of(found, "limit") - 2 / 3.25) < 1e-12);
    CHECK(has(plain(core.detect_conflicts(R"({"loops":{"names":["a","b"],"gain":[[0,2],[2,0]]}})")), R"("kind":"precedence")"));
    const std::string first(R"({"keep":true,"commands":[{"source":"MLB","command":"set","targetParameter":"CIO","targetValue":3,"targetCell":"A",)"
                            R"("timestamp":1000,"controlTimespan":500}]})");
    const std::string second(R"({"keep":true,"commands":[{"source":"MRO","command":"set","targetParameter":"CIO","targetValue":1,"targetCell":"A",)"
                             R"("timestamp":1100,"controlTimespan":500}]})");
    CHECK(has(plain(core.detect_conflicts(first)), R"("conflicts":[])"));
    CHECK(has(plain(core.detect_conflicts(second)), R"("commands":[0,1])"));
}

template <class Errors>
void what_is_wrong_is_named()
{
    const auto thrower = plain(rancog::basic_strange_loop<Errors>::create({}, fixed_clock()));
    const rancog::nothrow::strange_loop core = thrower.as_nothrow();
    CHECK(fails(rancog::nothrow::strange_loop::create("{"), RANCOG_E_INVALID_JSON, "options"));
    CHECK(fails(rancog::nothrow::strange_loop::create(R"({"aci_step":0})"), RANCOG_E_INVALID_ARGUMENT, "aci_step"));
    CHECK(fails(core.solve({}), RANCOG_E_INVALID_ARGUMENT, "request: is NULL"));
    CHECK(fails(core.solve("{"), RANCOG_E_INVALID_JSON, "request"));
    bool is_called = false;
    const auto calls = [&](numbers, places) { is_called = true; };
    CHECK(fails(core.solve_with(linear, calls), RANCOG_E_INVALID_ARGUMENT, "map"));
    CHECK(fails(core.solve_with("{}", calls), RANCOG_E_INVALID_ARGUMENT, "x0"));
    CHECK(fails(core.solve_with("[]", calls), RANCOG_E_INVALID_JSON, "request"));
    CHECK(fails(core.solve_with({}, calls), RANCOG_E_INVALID_ARGUMENT, "request: is NULL"));
    static_cast<void>(core.observe(observation(0)).value());
    const std::string before = plain(core.get_state());
    CHECK(fails(core.observe({}), RANCOG_E_INVALID_ARGUMENT, "observation: is NULL"));
    CHECK(fails(core.observe(R"({"loop_id":"b","observed":{"prb":1}})"), RANCOG_E_INVALID_ARGUMENT, "prb"));
    CHECK(fails(core.observe(R"({"loop_id":"a","time_ns":999,"observed":{"prb":1}})"), RANCOG_E_INVALID_ARGUMENT, "time_ns"));
    CHECK(fails(core.detect_conflicts(R"({"keep":true,"commands":[{"source":"a"}]})"), RANCOG_E_INVALID_JSON, "commands"));
    CHECK(fails(core.restore({}), RANCOG_E_INVALID_ARGUMENT, "state: is NULL"));
    CHECK(fails(core.restore("{"), RANCOG_E_INVALID_JSON, "state"));
    CHECK(fails(core.restore("{}"), RANCOG_E_INVALID_JSON, "state"));
    CHECK(plain(core.get_state()).view() == before);

    auto closed = plain(rancog::basic_strange_loop<Errors>::create());
    static_cast<void>(closed.close());
    CHECK(fails(closed.as_nothrow().solve_with(near_one, calls), RANCOG_E_INVALID_HANDLE, "self: the strange loop is closed or was moved from"));
    const auto moved = std::move(closed);
    CHECK(fails(closed.as_nothrow().solve_with(near_one, calls), RANCOG_E_INVALID_HANDLE, "self: the strange loop is closed or was moved from"));
    CHECK(fails(moved.as_nothrow().restore(before), RANCOG_E_INVALID_HANDLE, "self: the strange loop is closed"));
    CHECK(!is_called);
}

template <class Errors>
void the_host_and_other_handles()
{
    rancog::host host;
    std::size_t stages = 0;
    host.progress = [&](double share, std::string_view stage) {
        CHECK(share >= 0 && share <= 1 && !stage.empty());
        return ++stages < 3;
    };
    const auto core = plain(rancog::basic_strange_loop<Errors>::create({}, std::move(host)));
    const auto shifting = [](numbers x, places fx) { // creeps, so that there is time to cancel
        fx[0] = x[0] + 1 / (1 + x[0] * x[0]);
        fx[1] = x[1];
    };
    CHECK(fails(core.as_nothrow().solve_with(endless, shifting), RANCOG_E_CANCELLED, "") && stages == 3);

    const auto other = plain(rancog::basic_strange_loop<Errors>::create());
    std::size_t tried = 0;
    const rancog::nothrow::strange_loop own = other.as_nothrow();
    const rancog::buffer answer = plain(other.solve_with(R"({"x0":[7,-3]})", [&](numbers x, places fx) {
        if (tried++ == 0) {
            CHECK(fails(own.get_state(), RANCOG_E_BUSY, "")); // its own handle serves this call
            CHECK(has(plain(core.detect_conflicts(fight)), R"("conflictType":"direct")"));
        }
        spiral(x, fx);
    }));
    CHECK(tried > 1 && has(answer, R"("convergence":true)"));
}

template <class Errors>
void a_loader_lends_its_core()
{
    auto loader = plain(rancog::basic_loader<Errors>::create({}, fixed_clock()));
    const auto core = plain(plain(loader.load_module("strangeLoop", R"({"aci_step":0.2})")).get_strange_loop());
    const auto alone = plain(rancog::basic_strange_loop<Errors>::create(R"({"aci_step":0.2})", fixed_clock()));
    for (int step = 0; step < 5; step++) {
        CHECK(plain(core.observe(observation(step))).view() == plain(alone.observe(observation(step))).view());
    }
    CHECK(plain(core.solve_with(near_one, cosine)).view() == plain(alone.solve_with(near_one, cosine)).view());
    const auto again = plain(plain(loader.load_module("strangeLoop")).get_strange_loop());
    CHECK(again.raw() == core.raw() && plain(again.get_state()).view() == plain(alone.get_state()).view());
    CHECK(fails(plain(loader.load_module("temporal")).as_nothrow().get_strange_loop(), RANCOG_E_INVALID_ARGUMENT, "strangeLoop"));
    static_cast<void>(loader.unload_module("strangeLoop"));
    CHECK(fails(core.as_nothrow().get_state(), RANCOG_E_INVALID_HANDLE, "self: "));
}

void threads_share_a_core_that_is_closed()
{
    rancog::nothrow::strange_loop core = rancog::nothrow::strange_loop::create({}, fixed_clock()).value();
    const std::string expected = plain(core.solve_with(near_one, cosine));
    kit::close_under_threads(
        core, check_scale(400, 8), [&] { return core.solve_with(near_one, cosine); }, [&](const rancog::buffer &answer) { return answer.view() == expected; });
}

// The call that is under way finishes, also when nothing is left of the object it was begun on.
void a_map_closes_and_destroys_its_own_core()
{
    auto core = std::make_unique<rancog::nothrow::strange_loop>(rancog::nothrow::strange_loop::create().value());
    std::size_t count = 0;
    const auto answer = core->solve_with(near_one, [&](numbers x, places fx) {
        if (++count == 5) {
            CHECK(core->close().has_value() && !core->is_open());
        } else if (count == 10) {
            core.reset();
        }
        cosine(x, fx);
    });
    CHECK(count > 20 && !core && answer && std::fabs(number_of(*answer, "x") - cosine_point) < 1e-9);
}

#if defined(__cpp_exceptions)
struct own_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A budget that no search reaches: only the exception ends it.
template <class Core>
void an_exception_ends_the_call(const Core &core)
{
    const rancog::strange_loop thrower = core.as_throwing();
    const rancog::nothrow::strange_loop checked = core.as_nothrow();
    for (const char *const method : {"auto", "picard", "aitken", "anderson", "newton"}) {
        const std::string request = R"({"x0":[7,-3],"tolerance":0,"max_iterations":10000000,"method":")" + std::string(method) + "\"}";
        int count = 0;
        const auto throws_at_3 = [&](numbers x, places fx) -> void {
            spiral(x, fx);
            if (++count == 3) {
                throw own_error("no cell 3");
            }
        };
        CHECK(kit::throws_own<own_error>("no cell 3", [&] { thrower.solve_with(request, throws_at_3); }));
        CHECK(count == 3); // nothing was evaluated after it
        count = 0;
        const auto answer = checked.solve_with(request, throws_at_3);
        CHECK(fails(answer, RANCOG_E_CANCELLED, "a callback threw") && answer.error().cause() && count == 3);
        CHECK(kit::throws_own<own_error>("no cell 3", [&] { static_cast<void>(answer.value()); }));
    }
    int count = 0;
    CHECK(kit::throws_own<own_error>("at once", [&] {
        thrower.solve_with(near_one, [&](numbers, places) -> bool {
            count++;
            throw own_error("at once");
        });
    }));
    CHECK(count == 1);
    CHECK(has(thrower.solve_with(near_one, cosine), R"("convergence":true)")); // it goes on as if nothing had been
}

void an_exception_of_a_map_reaches_the_caller()
{
    an_exception_ends_the_call(rancog::strange_loop());
    an_exception_ends_the_call(rancog::strange_loop({}, fixed_clock()));
    const rancog::loader loader;
    an_exception_ends_the_call(loader.load_module("strangeLoop").get_strange_loop());
}

void an_exception_goes_through_a_solution_in_a_solution()
{
    const rancog::strange_loop outer, inner;
    int count = 0;
    CHECK(kit::throws_own<own_error>("from within", [&] {
        outer.solve_with(near_one, [&](numbers, places) {
            count++;
            inner.solve_with(near_one, [&](numbers, places) {
                count += 100;
                throw own_error("from within");
            });
        });
    }));
    CHECK(count == 101);
    const rancog::buffer done = outer.solve_with(near_one, [&](numbers x, places fx) {
        CHECK(kit::throws_own<own_error>("caught", [&] { inner.solve_with(near_one, [](numbers, places) { throw own_error("caught"); }); }));
        cosine(x, fx);
    });
    CHECK(has(done, R"("convergence":true)"));
}

// The fixed point of a search for an optimum: what each answers is what the other works with.
void a_map_uses_another_core()
{
    const rancog::strange_loop loop;
    const rancog::optimization tilts;
    const rancog::buffer done = loop.solve_with(R"({"x0":[0],"method":"picard"})", [&](numbers x, places fx) {
        double best = 0, least = HUGE_VAL;
        tilts.optimize_with(R"({"variables":[{"name":"t","type":"integer","lower":0,"upper":10}],"objectives":[{"name":"f","sense":"min"}],"budget":{"evaluations":11}})",
                            [&](numbers tilt, places cost) {
                                cost[0] = std::fabs(tilt[0] - 4 - x[0] / 4);
                                if (cost[0] < least) {
                                    least = cost[0];
                                    best = tilt[0];
                                }
                            });
        fx[0] = best;
    });
    const double point = number_of(done, "x");
    CHECK(has(done, R"("convergence":true)") && std::fabs(point - 4 - point / 4) <= 0.5);
}

template <class Errors>
void every_way()
{
    json_is_that_of_c<Errors>();
    fixed_points_are_those_of_closed_forms<Errors>();
    maps_of_every_shape_are_solved<Errors>();
    a_map_that_cannot_be_evaluated_ends_the_call<Errors>();
    coverage_and_regret_are_within_their_bounds<Errors>();
    functions_that_chase_each_other_are_damped<Errors>();
    what_is_wrong_is_named<Errors>();
    the_host_and_other_handles<Errors>();
    a_loader_lends_its_core<Errors>();
}
#endif

} // namespace

int main()
{
    RUN(json_is_that_of_c<rancog::returning>);
    RUN(fixed_points_are_those_of_closed_forms<rancog::returning>);
    RUN(maps_of_every_shape_are_solved<rancog::returning>);
    RUN(a_map_that_cannot_be_evaluated_ends_the_call<rancog::returning>);
    RUN(coverage_and_regret_are_within_their_bounds<rancog::returning>);
    RUN(functions_that_chase_each_other_are_damped<rancog::returning>);
    RUN(what_is_wrong_is_named<rancog::returning>);
    RUN(the_host_and_other_handles<rancog::returning>);
    RUN(a_loader_lends_its_core<rancog::returning>);
    RUN(threads_share_a_core_that_is_closed);
    RUN(a_map_closes_and_destroys_its_own_core);
#if defined(__cpp_exceptions)
    RUN(every_way<rancog::throwing>);
    RUN(an_exception_of_a_map_reaches_the_caller);
    RUN(an_exception_goes_through_a_solution_in_a_solution);
    RUN(a_map_uses_another_core);
#endif
    return check_finish();
}

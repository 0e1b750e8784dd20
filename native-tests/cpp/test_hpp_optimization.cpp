// The optimization core through rancognition.hpp, with errors as exceptions and as values: results are those of the C functions and of a
// plain search; evaluators of every shape; what fails, what throws, what is closed meanwhile. Compiled with exceptions and without.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "kit.hpp"

namespace {

using kit::fails;
using kit::has;
using kit::plain;
using numbers = rancog::span<const double>;
using places = rancog::span<double>;

constexpr std::uint64_t fixed_now = 1600000000000000000u;
constexpr std::size_t variables = 3;

// Tilt in steps of half a degree, an offset out of a list, a second carrier that is on or off: 17 * 5 * 2 points.
constexpr std::string_view knobs = R"({"variables":[{"name":"tilt","type":"real","lower":2,"upper":10,"step":0.5},
    {"name":"offset","type":"ordered","values":[-6,-3,0,3,6]},{"name":"carrier","type":"binary"}],
    "objectives":[{"name":"cost","sense":"min"}],"constraints":[{"name":"room"}],"seed":5,"budget":{"evaluations":)";
constexpr std::string_view two_goals = R"({"variables":[{"name":"x","type":"real","lower":0,"upper":1},{"name":"y","type":"real","lower":0,"upper":1}],
    "objectives":[{"name":"cost","sense":"min"},{"name":"gain","sense":"max"}],"budget":{"evaluations":90},"seed":2,"reference_point":[2,0]})";
constexpr std::string_view network = R"({"links":{"loss_db":[[90,110],[112,95],[100,104]],"azimuth_deg":[[9,8],[7,6],[5,4]],
    "zenith_deg":[[95,96],[97,98],[99,92]],"weights":[1,1,1]},"antenna":{"model":"omni"},"traffic_mbps":20,"unknown":1,
    "cells":[{"azimuth_deg":0,"power_dbm":46,"site":0},{"azimuth_deg":0,"power_dbm":46,"site":1}]})";
constexpr std::string_view bbob = R"({"function":{"suite":"bbob","id":1,"dimension":3,"instance":2},"budget":{"evaluations":200},"seed":4})";
constexpr std::string_view endless = R"({"variables":[{"name":"x","type":"real","lower":-3,"upper":3},{"name":"y","type":"real","lower":-3,"upper":3}],
    "objectives":[{"name":"f","sense":"min"}],"seed":1,"budget":{"evaluations":1000000000000}})";

std::string with_budget(std::size_t evaluations) { return std::string(knobs) + std::to_string(evaluations) + "}}"; }

double cost_of(numbers x) { return (x[0] - 4.5) * (x[0] - 4.5) + (x[1] - 2) * (x[1] - 2) / 9 + 3 * x[2]; }
double room_of(numbers x) { return x[0] + x[1] / 3 - 4 - 4 * x[2]; }

void evaluate(numbers x, places objectives, places constraints)
{
    objectives[0] = cost_of(x);
    constraints[0] = room_of(x);
}

void evaluate_goals(numbers x, std::size_t rows, places objectives, places constraints)
{
    CHECK(x.size() == 2 * rows && objectives.size() == 2 * rows && constraints.empty());
    for (std::size_t i = 0; i < rows; i++) {
        objectives[2 * i] = x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1];
        objectives[2 * i + 1] = x[2 * i] + x[2 * i + 1] - x[2 * i] * x[2 * i + 1];
    }
}

void sphere(numbers x, places objectives) { objectives[0] = (x[0] - 1) * (x[0] - 1) + x[1] * x[1]; }

rancog::host fixed_clock()
{
    rancog::host host;
    host.now_ns = [] { return fixed_now; };
    return host;
}

const std::uint8_t *bytes(std::string_view text) { return reinterpret_cast<const std::uint8_t *>(text.data()); }

rancog_optimization *core_of_c(std::string_view options)
{
    rancog_host host{};
    host.struct_size = sizeof host;
    host.now_ns = [](void *) { return fixed_now; };
    return rancog_optimization_create(bytes(options), options.size(), &host);
}

// Asks and tells until it is over; the points that were told.
template <class Core>
std::size_t ask_and_tell(const Core &core, std::size_t most)
{
    std::size_t told = 0;
    for (;;) {
        const std::vector<double> x = plain(core.ask(most, variables));
        const std::size_t rows = x.size() / variables;
        CHECK(x.size() % variables == 0 && rows <= most);
        if (rows == 0) {
            return told;
        }
        std::vector<double> costs, rooms;
        for (std::size_t i = 0; i < rows; i++) {
            costs.push_back(cost_of({&x[i * variables], variables}));
            rooms.push_back(room_of({&x[i * variables], variables}));
        }
        static_cast<void>(core.tell(rows, x, costs, rooms));
        CHECK(rancog_last_status() == RANCOG_OK);
        told += rows;
    }
}

template <class Errors>
void json_is_that_of_c()
{
    constexpr std::string_view options = R"({"seed":3,"unknown":1})";
    const auto core = plain(rancog::basic_optimization<Errors>::create(options, fixed_clock()));
    rancog_optimization *const c = core_of_c(options);
    const auto same = [](const rancog::buffer &ours, std::uint8_t *theirs, std::string_view part) {
        const rancog::buffer text(theirs);
        return rancog_last_status() == RANCOG_OK && ours.view() == text.view() && has(ours, part) && has(ours, "unknown");
    };
    CHECK(same(plain(core.optimize(bbob)), rancog_optimization_optimize(c, bytes(bbob), bbob.size()), R"("kind":"proven")"));
    CHECK(same(plain(core.evaluate_network(network)), rancog_optimization_evaluate_network(c, bytes(network), network.size()), R"("feasible":true)"));
    const std::string problem = with_budget(60);
    const auto one = [](const double *x, std::size_t n, double *objectives, std::size_t, double *constraints, std::size_t, void *) {
        evaluate({x, n}, {objectives, 1}, {constraints, 1});
        return std::int32_t{0};
    };
    CHECK(same(plain(core.optimize_with(problem, evaluate)), rancog_optimization_optimize_with(c, bytes(problem), problem.size(), one, nullptr),
               R"("evaluations":60)"));
    const auto many = [](const double *x, std::size_t rows, std::size_t n, double *objectives, std::size_t m, double *, std::size_t, void *) {
        evaluate_goals({x, rows * n}, rows, {objectives, rows * m}, {});
        return std::int32_t{0};
    };
    CHECK(same(plain(core.optimize_with_batch(two_goals, evaluate_goals)),
               rancog_optimization_optimize_with_batch(c, bytes(two_goals), two_goals.size(), many, nullptr), R"("hypervolume":)"));
    static_cast<void>(core.begin(problem));
    CHECK(ask_and_tell(core, 7) == 60);
    const std::string with = plain(core.optimize_with(problem, evaluate)), asked = plain(core.result());
    const auto best = [](const std::string &text) { return text.substr(0, text.find(R"("failed_evaluations")")); };
    CHECK(best(with) == best(asked) && has(asked, R"("evaluations":60)")); // the same search
    rancog_optimization_destroy(c);
}

// All points of the knobs, one after the other.
std::array<double, variables> best_by_trying()
{
    std::array<double, variables> best{};
    double least = HUGE_VAL;
    for (int tilt = 0; tilt <= 16; tilt++) {
        for (int offset = -2; offset <= 2; offset++) {
            for (int carrier = 0; carrier <= 1; carrier++) {
                const std::array<double, variables> x{2 + 0.5 * tilt, 3.0 * offset, static_cast<double>(carrier)};
                if (room_of(x) <= 0 && cost_of(x) < least) {
                    least = cost_of(x);
                    best = x;
                }
            }
        }
    }
    return best;
}

template <class Errors>
void evaluators_of_every_shape_find_the_best()
{
    const auto core = plain(rancog::basic_optimization<Errors>::create());
    const std::string problem = with_budget(200);
    std::size_t count = 0;
    std::vector<double> best;
    double least = HUGE_VAL;
    const auto note = [&](numbers x) {
        count++;
        if (room_of(x) <= 0 && cost_of(x) < least) {
            least = cost_of(x);
            best.assign(x.begin(), x.end());
        }
    };
    const auto by_trying = best_by_trying();
    const auto is_best = [&](const rancog::buffer &text) {
        const bool is = count == 170 && best.size() == variables && std::equal(best.begin(), best.end(), by_trying.begin()) && has(text, R"("stopped":"exact")");
        char said[64];
        std::snprintf(said, sizeof said, R"("best":{"x":[%g,%g,%g])", by_trying[0], by_trying[1], by_trying[2]);
        count = 0;
        best.clear();
        least = HUGE_VAL;
        return is && has(text, said);
    };
    CHECK(is_best(plain(core.optimize_with(problem, [&](numbers x, places objectives, places constraints) {
        CHECK(x.size() == variables && objectives.size() == 1 && constraints.size() == 1);
        note(x);
        evaluate(x, objectives, constraints);
    }))));
    CHECK(is_best(plain(core.optimize_with(problem, [&, own = std::make_unique<int>(0)](numbers x, places objectives, places constraints) mutable {
        ++*own; // changes itself, cannot be copied, and says how it went
        note(x);
        evaluate(x, objectives, constraints);
        return *own > 0;
    }))));
    std::size_t calls = 0;
    CHECK(is_best(plain(core.optimize_with_batch(problem, [&](numbers x, std::size_t rows, places objectives, places constraints) {
        calls++;
        CHECK(rows > 0 && x.size() == rows * variables && objectives.size() == rows && constraints.size() == rows);
        for (std::size_t i = 0; i < rows; i++) {
            const numbers point(x.data() + i * variables, variables);
            note(point);
            evaluate(point, {&objectives[i], 1}, {&constraints[i], 1});
        }
        return true;
    }))));
    CHECK(calls < 170);
    CHECK(has(plain(core.optimize_with(R"({"variables":[{"name":"x","type":"integer","lower":-3,"upper":3},{"name":"y","type":"integer","lower":-3,"upper":3}],
        "objectives":[{"name":"f","sense":"min"}],"budget":{"evaluations":49}})", sphere)), R"("best":{"x":[1,0])"));
}

template <class Errors>
void points_that_fail_are_counted()
{
    const auto core = plain(rancog::basic_optimization<Errors>::create());
    const std::string problem = with_budget(200);
    std::size_t count = 0;
    const rancog::buffer some = plain(core.optimize_with(problem, [&](numbers x, places objectives, places constraints) {
        evaluate(x, objectives, constraints);
        return ++count % 10 != 0;
    }));
    CHECK(has(some, R"("evaluations":170,"failed_evaluations":17,)"));
    count = 0;
    const rancog::buffer unset = plain(core.optimize_with(problem, [&](numbers x, places objectives, places constraints) {
        if (++count % 17 != 0) {
            evaluate(x, objectives, constraints);
        }
    }));
    CHECK(has(unset, R"("evaluations":170,"failed_evaluations":10,)"));
    const auto none = core.as_nothrow().optimize_with(problem, [](numbers, places, places) { return false; });
    CHECK(fails(none, RANCOG_E_INVALID_ARGUMENT, "") && !none.error().cause());
    const auto no_batch = core.as_nothrow().optimize_with_batch(problem, [](numbers, std::size_t, places, places) { return false; });
    CHECK(fails(no_batch, RANCOG_E_INVALID_ARGUMENT, ""));
}

template <class Errors>
void asking_and_telling()
{
    const auto core = plain(rancog::basic_optimization<Errors>::create());
    const rancog::nothrow::optimization checked = core.as_nothrow();
    std::vector<double> room(2 * variables);
    CHECK(fails(checked.ask(room, variables), RANCOG_E_NOT_FOUND, "no search was begun"));
    CHECK(fails(checked.tell(1, {3, 0, 0}, {1}, {0}), RANCOG_E_NOT_FOUND, "no search was begun"));
    CHECK(fails(checked.result(), RANCOG_E_NOT_FOUND, "no search was begun"));
    CHECK(fails(checked.begin("{}"), RANCOG_E_INVALID_ARGUMENT, ""));
    CHECK(checked.begin(with_budget(200)).has_value());

    const std::vector<double> first = plain(core.ask(5, variables));
    CHECK(!first.empty() && first.size() <= 5 * variables && plain(core.ask(5, variables)) == first); // until they are told
    const std::size_t rows = plain(core.ask(room, variables));
    CHECK(rows == std::min<std::size_t>(2, first.size() / variables) && std::equal(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(rows * variables), first.begin()));
    CHECK(fails(checked.ask(room, 0), RANCOG_E_INVALID_ARGUMENT, "x: has 6 elements for points of 0"));
    CHECK(fails(checked.ask(room, 7), RANCOG_E_INVALID_ARGUMENT, "x: has 6 elements for points of 7"));
    CHECK(fails(checked.ask(0, variables), RANCOG_E_INVALID_ARGUMENT, "x: has 0 elements"));
    CHECK(fails(checked.tell(2, {3, 0, 0, 3, 3}, {1, 1}, {0, 0}), RANCOG_E_INVALID_ARGUMENT, "x: has 5 elements for 2 points"));
    CHECK(fails(checked.tell(2, {3, 0, 0, 3, 3, 0}, {1}, {0, 0}), RANCOG_E_INVALID_ARGUMENT, "objectives: has 1 elements for 2 points"));
    CHECK(fails(checked.tell(2, {3, 0, 0, 3, 3, 0}, {1, 1}, {0}), RANCOG_E_INVALID_ARGUMENT, "constraints: has 1 elements for 2 points"));
    CHECK(fails(checked.tell(1, {3, 0, 0}, {}, {0}), RANCOG_E_INVALID_ARGUMENT, "objectives: has 0 elements for 1 points"));
    CHECK(fails(checked.tell(1, {3, 0, 0}, {1}), RANCOG_E_INVALID_ARGUMENT, "constraints"));
    CHECK(fails(checked.tell(0, {3, 0, 0}, {1}, {0}), RANCOG_E_INVALID_ARGUMENT, "rows: 0"));
    CHECK(fails(checked.tell(1, {3.25, 0, 0}, {1}, {0}), RANCOG_E_INVALID_ARGUMENT, "x[0][0]"));
    CHECK(checked.tell(1, {10, 6, 1}, {cost_of({10, 6, 1})}, {room_of({10, 6, 1})}).has_value()); // not asked for, or not yet
    CHECK(has(plain(core.result()), R"("evaluations":1,)") && has(plain(core.result()), R"("stopped":"cancelled")"));
    ask_and_tell(core, 16);
    CHECK(plain(core.ask(16, variables)).empty() && plain(core.ask(room, variables)) == 0);
    const auto by_trying = best_by_trying();
    char said[64];
    std::snprintf(said, sizeof said, R"("best":{"x":[%g,%g,%g])", by_trying[0], by_trying[1], by_trying[2]);
    CHECK(has(plain(core.result()), said) && has(plain(core.result()), R"("stopped":"exact")"));
}

template <class Errors>
void what_is_wrong_is_named()
{
    const auto thrower = plain(rancog::basic_optimization<Errors>::create());
    const rancog::nothrow::optimization core = thrower.as_nothrow();
    CHECK(fails(rancog::nothrow::optimization::create("{"), RANCOG_E_INVALID_JSON, "options"));
    CHECK(fails(rancog::nothrow::optimization::create(R"({"threads":0})"), RANCOG_E_INVALID_ARGUMENT, "threads"));
    CHECK(fails(core.optimize({}), RANCOG_E_INVALID_ARGUMENT, "problem: is NULL"));
    CHECK(fails(core.optimize("{"), RANCOG_E_INVALID_JSON, "problem"));
    CHECK(fails(core.optimize(with_budget(9)), RANCOG_E_INVALID_ARGUMENT, "optimize_with"));
    CHECK(fails(core.evaluate_network("[]"), RANCOG_E_INVALID_JSON, "network"));
    bool is_called = false;
    const auto calls = [&](numbers, places, places) { is_called = true; };
    CHECK(fails(core.optimize_with(bbob, calls), RANCOG_E_INVALID_ARGUMENT, "use optimize"));
    CHECK(fails(core.optimize_with("[]", calls), RANCOG_E_INVALID_JSON, "problem"));
    CHECK(fails(core.optimize_with_batch({}, evaluate_goals), RANCOG_E_INVALID_ARGUMENT, "problem"));
    auto closed = plain(rancog::basic_optimization<Errors>::create());
    static_cast<void>(closed.close());
    CHECK(fails(closed.as_nothrow().optimize_with(with_budget(9), calls), RANCOG_E_INVALID_HANDLE, "self: the optimization is closed or was moved from"));
    const auto moved = std::move(closed);
    CHECK(fails(closed.as_nothrow().optimize_with(with_budget(9), calls), RANCOG_E_INVALID_HANDLE, "self: the optimization is closed or was moved from"));
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
    const auto core = plain(rancog::basic_optimization<Errors>::create({}, std::move(host)));
    CHECK(fails(core.as_nothrow().optimize_with(endless, sphere), RANCOG_E_CANCELLED, "") && stages == 3);

    const auto other = plain(rancog::basic_optimization<Errors>::create());
    std::size_t tried = 0;
    const rancog::nothrow::optimization own = other.as_nothrow();
    const rancog::buffer answer = plain(other.optimize_with(with_budget(20), [&](numbers x, places objectives, places constraints) {
        if (tried++ == 0) {
            CHECK(fails(own.evaluate_network(network), RANCOG_E_BUSY, "")); // its own handle serves this call
            CHECK(has(plain(core.evaluate_network(network)), R"("feasible":true)"));
        }
        evaluate(x, objectives, constraints);
    }));
    CHECK(tried == 20 && has(answer, R"("evaluations":20,"failed_evaluations":0)"));
}

template <class Errors>
void a_loader_lends_its_core()
{
    auto loader = plain(rancog::basic_loader<Errors>::create({}, fixed_clock()));
    const auto core = plain(plain(loader.load_module("optimization", R"({"seed":4})")).get_optimization());
    const std::string problem = with_budget(30);
    const std::string expected = plain(plain(rancog::basic_optimization<Errors>::create(R"({"seed":4})", fixed_clock())).optimize_with(problem, evaluate));
    CHECK(plain(core.optimize_with(problem, evaluate)).view() == expected);
    const auto again = plain(plain(loader.load_module("optimization")).get_optimization());
    CHECK(again.raw() == core.raw());
    CHECK(fails(plain(loader.load_module("temporal")).as_nothrow().get_optimization(), RANCOG_E_INVALID_ARGUMENT, "optimization"));
    static_cast<void>(loader.unload_module("optimization"));
    CHECK(fails(core.as_nothrow().result(), RANCOG_E_INVALID_HANDLE, "self: "));
}

void threads_share_a_core_that_is_closed()
{
    rancog::nothrow::optimization core = rancog::nothrow::optimization::create({}, fixed_clock()).value();
    const std::string problem = with_budget(25), expected = plain(core.optimize_with(problem, evaluate));
    kit::close_under_threads(
        core, check_scale(200, 8), [&] { return core.optimize_with(problem, evaluate); }, [&](const rancog::buffer &answer) { return answer.view() == expected; });
}

// The search that is under way finishes, also when nothing is left of the object it was begun on.
void an_evaluator_closes_and_destroys_its_own_core()
{
    auto core = std::make_unique<rancog::nothrow::optimization>(rancog::nothrow::optimization::create().value());
    std::size_t count = 0;
    const auto answer = core->optimize_with(with_budget(40), [&](numbers x, places objectives, places constraints) {
        if (++count == 10) {
            CHECK(core->close().has_value() && !core->is_open());
        } else if (count == 20) {
            core.reset();
        }
        evaluate(x, objectives, constraints);
    });
    CHECK(count == 40 && !core && answer && has(*answer, R"("evaluations":40)"));
}

#if defined(__cpp_exceptions)
struct own_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A budget that no search reaches: only the exception ends it.
template <class Core>
void an_exception_ends_the_search(const Core &core, std::string_view problem)
{
    const rancog::optimization thrower = core.as_throwing();
    const rancog::nothrow::optimization checked = core.as_nothrow();
    int count = 0;
    const auto throws_at_20 = [&](numbers x, places objectives, places) {
        if (++count == 20) {
            throw own_error("no cell 20");
        }
        sphere(x, objectives);
    };
    CHECK(kit::throws_own<own_error>("no cell 20", [&] { thrower.optimize_with(problem, throws_at_20); }));
    CHECK(count == 20); // nothing was evaluated after it
    count = 0;
    const auto answer = checked.optimize_with(problem, throws_at_20);
    CHECK(fails(answer, RANCOG_E_CANCELLED, "a callback threw") && answer.error().cause() && count == 20);
    CHECK(kit::throws_own<own_error>("no cell 20", [&] { static_cast<void>(answer.value()); }));
    int batches = 0;
    CHECK(kit::throws_own<own_error>("no batch", [&] {
        thrower.optimize_with_batch(problem, [&](numbers, std::size_t, places, places) {
            batches++;
            throw own_error("no batch");
        });
    }));
    CHECK(batches == 1);
    CHECK(has(thrower.optimize(bbob), R"("kind":"proven")")); // it goes on as if nothing had been
}

void an_exception_of_an_evaluator_reaches_the_caller()
{
    an_exception_ends_the_search(rancog::optimization(), endless);
    const rancog::loader loader;
    an_exception_ends_the_search(loader.load_module("optimization").get_optimization(), endless);
    // A clock that stands still lets no time pass between progress and progress: what is left of the budget fails at once.
    std::string problem(endless);
    problem.replace(problem.find("1000000000000"), 13, "2000");
    an_exception_ends_the_search(rancog::optimization({}, fixed_clock()), problem);
}

void an_exception_goes_through_a_search_in_a_search()
{
    const rancog::optimization outer, inner;
    int count = 0;
    CHECK(kit::throws_own<own_error>("from within", [&] {
        outer.optimize_with(endless, [&](numbers, places) {
            count++;
            inner.optimize_with(endless, [&](numbers, places) {
                count += 100;
                throw own_error("from within");
            });
        });
    }));
    CHECK(count == 101);
    const rancog::buffer done = outer.optimize_with(with_budget(10), [&](numbers x, places objectives, places constraints) {
        CHECK(kit::throws_own<own_error>("caught", [&] { inner.optimize_with(endless, [](numbers, places) { throw own_error("caught"); }); }));
        evaluate(x, objectives, constraints);
    });
    CHECK(has(done, R"("evaluations":10,"failed_evaluations":0)"));
}

template <class Errors>
void every_way()
{
    json_is_that_of_c<Errors>();
    evaluators_of_every_shape_find_the_best<Errors>();
    points_that_fail_are_counted<Errors>();
    asking_and_telling<Errors>();
    what_is_wrong_is_named<Errors>();
    the_host_and_other_handles<Errors>();
    a_loader_lends_its_core<Errors>();
}
#endif

} // namespace

int main()
{
    RUN(json_is_that_of_c<rancog::returning>);
    RUN(evaluators_of_every_shape_find_the_best<rancog::returning>);
    RUN(points_that_fail_are_counted<rancog::returning>);
    RUN(asking_and_telling<rancog::returning>);
    RUN(what_is_wrong_is_named<rancog::returning>);
    RUN(the_host_and_other_handles<rancog::returning>);
    RUN(a_loader_lends_its_core<rancog::returning>);
    RUN(threads_share_a_core_that_is_closed);
    RUN(an_evaluator_closes_and_destroys_its_own_core);
#if defined(__cpp_exceptions)
    RUN(every_way<rancog::throwing>);
    RUN(an_exception_of_an_evaluator_reaches_the_caller);
    RUN(an_exception_goes_through_a_search_in_a_search);
#endif
    return check_finish();
}

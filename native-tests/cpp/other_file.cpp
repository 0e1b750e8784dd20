#include "other_file.hpp"

namespace other_file {

void schedule(const rancog::scheduler &queue, std::string_view type) { queue.schedule_task(0, 0, type); }

void register_thrower(const rancog::scheduler &queue)
{
    queue.register_handler("a", [](const rancog::task &) { throw own_error("from the other file"); });
}

void optimize_with_thrower(const rancog::optimization &core, std::string_view problem)
{
    core.optimize_with(problem, [](rancog::span<const double>, rancog::span<double>) { throw own_error("from the other file"); });
}

void solve_with_thrower(const rancog::strange_loop &core, std::string_view request)
{
    core.solve_with(request, [](rancog::span<const double>, rancog::span<double>) { throw own_error("from the other file"); });
}

void decide_with_thrower(const rancog::cognitive &core, std::string_view problem)
{
    core.decide_with(problem, {}, [](std::string_view, rancog::span<double>) { throw own_error("from the other file"); });
}

} // namespace other_file

// A plug-in that is written with rancognition.hpp: test_hpp_plugin [PATH OF plugin_hpp.so]
#include "kit.hpp"

namespace {

std::string path;

std::string answer(const rancog::scheduler &queue, const std::string &name)
{
    queue.schedule_task(0, 0, R"({"Custom":")" + name + R"("})");
    return queue.execute_ready_tasks();
}

void its_handlers_run_and_go_with_it()
{
    const rancog::loader loader;
    const rancog::scheduler queue = loader.load_module("scheduler", kit::virtual_time).get_scheduler();
    loader.load_module(path, "[1,2]");
    CHECK(kit::has(answer(queue, "says"), R"("Ok":[1,2])"));
    const std::string failed = answer(queue, "throws"); // not thrown here: its type goes with the plug-in
    CHECK(kit::has(failed, R"("success":false)") && kit::has(failed, "the antenna is locked"));
    queue.schedule_task(0, 0, R"({"Custom":"throws"})");
    queue.run(rancog::never);
    loader.unload_module(path);
    CHECK(kit::has(answer(queue, "says"), "no handler is registered"));
    loader.load_module(path, "5");
    CHECK(kit::has(answer(queue, "says"), R"("Ok":5)"));
}

void it_may_refuse_to_be_loaded()
{
    const rancog::loader loader;
    CHECK(kit::throws(RANCOG_E_INVALID_ARGUMENT, "17", [&] { loader.load_module(path, "fail"); }));
    CHECK(kit::throws(RANCOG_E_INVALID_ARGUMENT, "-10", [&] { loader.load_module(path, "throw"); }));
    CHECK(kit::throws(RANCOG_E_INVALID_ARGUMENT, "-10", [&] { loader.load_module(path, "refused"); }));
    CHECK(kit::has(answer(loader.load_module("scheduler").get_scheduler(), "says"), "no handler is registered"));
    loader.load_module(path, "6");
}

} // namespace

int main(int count, char **arguments)
{
    const std::string self = arguments[0]; // beside it, unless a path is given
    path = count > 1 ? arguments[1] : self.substr(0, self.rfind('/') + 1) + "plugin_hpp.so";
    if (path.find('/') == std::string::npos) {
        path = "./" + path; // a name without a folder would be that of a core
    }
    RUN(its_handlers_run_and_go_with_it);
    RUN(it_may_refuse_to_be_loaded);
    return check_finish();
}

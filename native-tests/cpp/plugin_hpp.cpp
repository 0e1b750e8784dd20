// A plug-in in C++, not linked with the library: its configuration is the text that its handler replies, and "fail" or "throw".
#include <stdexcept>
#include <string>

#include "rancognition.hpp"

namespace {

struct own_error : std::runtime_error { // a type that goes with the plug-in's code
    using std::runtime_error::runtime_error;
};

} // namespace

extern "C" RANCOG_API std::int32_t rancog_plugin_init(rancog_plugin *raw)
{
    return rancog::plugin_init(raw, [](rancog::plugin &plugin) {
        const std::string config(plugin.config());
        if (config == "throw") {
            throw own_error("not today");
        }
        plugin.register_handler("says", [config](const rancog::task &task) { task.reply(config); });
        plugin.register_handler("throws", [](const rancog::task &) { throw own_error("the antenna is locked"); });
        if (config == "refused") {
            plugin.register_handler("", [](const rancog::task &) {});
        }
        return config == "fail" ? 17 : 0;
    });
}

extern "C" RANCOG_API void rancog_plugin_cleanup(void *user_data) { rancog::plugin_cleanup(user_data); }

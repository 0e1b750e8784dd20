// Loads the built library by its path, as a plugin host does, and makes real calls through every kind of result:
// number, text, handle, buffer, arrays. Returns 0 when all is as the header says.
//   abi_smoke [PATH OF THE LIBRARY]
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "rancognition.h"

namespace {

int failures = 0;

void expect(bool condition, const char *what)
{
    if (!condition) {
        ++failures;
        std::fprintf(stderr, "FAILED: %s\n", what);
    }
}

template <typename Function>
Function *load(void *library, const char *name)
{
    void *symbol = dlsym(library, name);
    if (symbol == nullptr) {
        std::fprintf(stderr, "FAILED: %s is not exported\n", name);
        std::exit(1);
    }
    Function *function = nullptr;
    static_assert(sizeof function == sizeof symbol, "POSIX");
    std::memcpy(&function, &symbol, sizeof symbol);
    return function;
}

} // namespace

#define LOAD(name) auto *const name = load<decltype(::name)>(library, #name)

int main(int count, char **arguments)
{
    const std::string path = count > 1 ? arguments[1] : "build/lib/librancognition.so";
    void *const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        std::fprintf(stderr, "FAILED: %s\n", dlerror());
        return 1;
    }
    LOAD(rancog_abi_version);
    LOAD(rancog_version_string);
    LOAD(rancog_last_status);
    LOAD(rancog_last_error_message);
    LOAD(rancog_runtime_info);
    LOAD(rancog_buffer_free);
    LOAD(rancog_buffers_outstanding);
    LOAD(rancog_temporal_create);
    LOAD(rancog_temporal_destroy);
    LOAD(rancog_temporal_forecast);
    LOAD(rancog_temporal_expand_subjective_time);

    expect(rancog_abi_version() == RANCOG_ABI_VERSION, "the library has the header's ABI");
    const std::string version = std::to_string(RANCOG_VERSION_MAJOR) + "." + std::to_string(RANCOG_VERSION_MINOR) + "." + std::to_string(RANCOG_VERSION_PATCH);
    expect(version == rancog_version_string(), "the library has the header's version");

    uint8_t *const info = rancog_runtime_info();
    expect(info != nullptr, "runtime info is given");
    if (info != nullptr) {
        const uint32_t length = info[0] | static_cast<uint32_t>(info[1]) << 8 | static_cast<uint32_t>(info[2]) << 16 | static_cast<uint32_t>(info[3]) << 24;
        const char *const text = reinterpret_cast<const char *>(info) + 4;
        expect(std::strlen(text) == length, "length prefix and NUL agree");
        expect(text[0] == '{' && text[length - 1] == '}', "runtime info is a JSON object");
        expect(rancog_buffers_outstanding() == 1, "one buffer is out");
        rancog_buffer_free(info);
    }

    rancog_temporal *const core = rancog_temporal_create(100, 10, nullptr);
    expect(core != nullptr && rancog_last_status() == RANCOG_OK, "a core is created");
    double values[96];
    for (int i = 0; i < 96; ++i) {
        values[i] = 50.0 + (i % 24);
    }
    double mean[6] = {}, lower[6] = {}, upper[6] = {};
    const int32_t status = rancog_temporal_forecast(core, values, 96, 900000000000u, 6, 0.9, mean, lower, upper);
    expect(status == RANCOG_OK, rancog_last_error_message());
    for (int i = 0; i < 6; ++i) {
        expect(mean[i] == mean[i] && lower[i] <= upper[i], "the forecast is a number within an interval");
    }

    const char *const broken = "{\"id\":";
    uint8_t *const error = rancog_temporal_expand_subjective_time(core, reinterpret_cast<const uint8_t *>(broken), std::strlen(broken), nullptr, 0);
    expect(rancog_last_status() == RANCOG_E_INVALID_JSON, "broken JSON is refused");
    expect(std::strncmp(rancog_last_error_message(), "problem", 7) == 0, "the message names the argument");
    expect(error != nullptr && std::strstr(reinterpret_cast<const char *>(error) + 4, "\"status\":-3") != nullptr, "the error JSON carries the status");
    rancog_buffer_free(error);

    rancog_temporal_destroy(core);
    expect(rancog_temporal_forecast(core, values, 96, 0, 6, 0.9, mean, nullptr, nullptr) == RANCOG_E_INVALID_HANDLE, "a destroyed core is refused");
    expect(rancog_buffers_outstanding() == 0, "no buffer is left");
    if (failures == 0) {
        std::printf("ok: %s, ABI %u, version %s\n", path.c_str(), static_cast<unsigned>(rancog_abi_version()), rancog_version_string());
    }
    return failures == 0 ? 0 : 1;
}

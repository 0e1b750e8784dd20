// A C++ program that is built with nothing but an installed RanCognition.
#include <cstdio>
#include <rancognition.h>
#if __has_include(<rancognition.hpp>)
#include <rancognition.hpp>
#endif

int main()
{
    rancog_temporal *core = rancog_temporal_create(200, 48, nullptr);
    const double prb[] = {41, 42, 44, 43, 47, 50, 49, 53, 56, 58, 57, 61, 64, 63, 67, 70};
    double mean[1], low[1], high[1];
    const int32_t status = rancog_temporal_forecast(core, prb, 16, 900000000000u, 1, 0.95, mean, low, high);
    std::printf("status %d, %s\n", static_cast<int>(status), low[0] < mean[0] && mean[0] < high[0] ? "forecast" : "no forecast");
    rancog_temporal_destroy(core);
    return status;
}

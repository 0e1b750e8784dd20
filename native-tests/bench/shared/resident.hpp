/* Memory of this process that is in RAM. */
#ifndef BENCH_RESIDENT_HPP
#define BENCH_RESIDENT_HPP

#include <cstdio>
#include <unistd.h>

inline double resident_bytes()
{
    long size = 0, resident = 0;
    FILE *file = std::fopen("/proc/self/statm", "r");
    if (file) {
        if (std::fscanf(file, "%ld %ld", &size, &resident) != 2) {
            resident = 0;
        }
        std::fclose(file);
    }
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

#endif

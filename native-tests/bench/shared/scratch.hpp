/* A folder that goes with the object, in a folder that is on the device to be measured. */
#ifndef BENCH_SCRATCH_HPP
#define BENCH_SCRATCH_HPP

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

class scratch {
public:
    explicit scratch(const std::string &below)
    {
        std::string name = below + "/bench-XXXXXX";
        if (!mkdtemp(&name[0])) {
            std::perror(name.c_str());
            std::exit(1);
        }
        folder_ = std::filesystem::absolute(name).string();
    }
    ~scratch()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    scratch(const scratch &) = delete;
    scratch &operator=(const scratch &) = delete;

    std::string file(const std::string &name) const { return folder_ + "/" + name; }

private:
    std::string folder_;
};

#endif

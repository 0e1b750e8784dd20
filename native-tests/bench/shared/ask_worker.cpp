#include "ask_worker.hpp"

#include <cstdio>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

figures ask_worker(const std::vector<std::string> &words)
{
    static char self[] = "/proc/self/exe", flag[] = "--worker";
    std::vector<std::string> copies = words;
    std::vector<char *> arguments = {self, flag};
    for (std::string &word : copies) {
        arguments.push_back(&word[0]);
    }
    arguments.push_back(nullptr);
    int ends[2], status = 0;
    if (pipe(ends) != 0) {
        return {};
    }
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execv(self, arguments.data());
        _exit(127);
    }
    close(ends[1]);
    figures result;
    FILE *answers = fdopen(ends[0], "r");
    char line[64];
    while (answers && std::fgets(line, sizeof line, answers)) {
        result.push_back(std::strtod(line, nullptr));
    }
    if (answers) {
        std::fclose(answers);
    }
    const bool good = child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return good ? result : figures();
}

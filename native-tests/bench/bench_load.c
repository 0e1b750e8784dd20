/* What loading costs: a fresh process loads the library and makes its first call, many times over.
 *   bench_load [PATH OF THE LIBRARY] */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define PROCESSES 31
#define FIGURES 5

static double cpu_ms(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-3;
}

/* A line of /proc/self/status, in MB. */
static double status_mb(const char *field)
{
    char line[256];
    double kb = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, field, strlen(field)) == 0) {
            kb = atof(line + strlen(field) + 1);
        }
    }
    if (file) {
        fclose(file);
    }
    return kb / 1024;
}

/* The fresh process: prints wall ms, CPU ms, MB reserved, MB resident (both without the program's own), MB resident after work. */
static int child(const char *library)
{
    double size = status_mb("VmSize"), resident = status_mb("VmRSS"), cpu = cpu_ms(), start = bench_now_ns(), wall;
    void *handle = dlopen(library, RTLD_NOW);
    void *symbol = handle ? dlsym(handle, "rancog_runtime_info") : NULL;
    uint8_t *(*runtime_info)(void);
    uint8_t *info;
    memcpy(&runtime_info, &symbol, sizeof symbol);
    info = symbol ? runtime_info() : NULL;
    wall = (bench_now_ns() - start) * 1e-6;
    if (!info) {
        fprintf(stderr, "bench_load: %s\n", handle ? "no rancog_runtime_info" : dlerror());
        return 1;
    }
    printf("%.3f %.3f %.3f %.3f\n", wall, cpu_ms() - cpu, status_mb("VmSize") - size, status_mb("VmRSS") - resident);
    return 0;
}

static int run(const char *self, const char *library, double figures[FIGURES])
{
    int pipe_ends[2], status = 0, good;
    double start = bench_now_ns();
    FILE *answer;
    pid_t pid;
    if (pipe(pipe_ends) != 0 || (pid = fork()) < 0) {
        return 0;
    }
    if (pid == 0) {
        dup2(pipe_ends[1], STDOUT_FILENO);
        close(pipe_ends[0]);
        close(pipe_ends[1]);
        execl(self, self, "--child", library, (char *)NULL);
        _exit(127);
    }
    close(pipe_ends[1]);
    answer = fdopen(pipe_ends[0], "r");
    good = answer && fscanf(answer, "%lf %lf %lf %lf", &figures[0], &figures[1], &figures[2], &figures[3]) == 4;
    if (answer) {
        fclose(answer);
    }
    waitpid(pid, &status, 0);
    figures[4] = (bench_now_ns() - start) * 1e-6;
    return good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int count, char **arguments)
{
    static double all[FIGURES][PROCESSES];
    const char *library = count > 1 ? arguments[1] : "librancognition.so";
    struct stat file;
    double figures[FIGURES];
    size_t i, k;
    if (count > 2 && strcmp(arguments[1], "--child") == 0) {
        return child(arguments[2]);
    }
    for (i = 0; i < PROCESSES; i++) {
        if (!run(arguments[0], library, figures)) {
            fprintf(stderr, "bench_load: the child process failed\n");
            return 1;
        }
        for (k = 0; k < FIGURES; k++) {
            all[k][i] = figures[k];
        }
    }
    for (k = 0; k < FIGURES; k++) {
        bench_sort(all[k], PROCESSES);
    }
    bench_header("Loading, fresh processes");
    bench_row("load + first call, wall", all[0], PROCESSES, 1, "ms", "<= 50");
    bench_row("load + first call, CPU", all[1], PROCESSES, 1, "ms", "<= 10");
    bench_row("whole process from fork to end, wall", all[4], PROCESSES, 1, "ms", "");
    bench_row("address space reserved", all[2], PROCESSES, 1, "MB", "<= 16384");
    bench_row("resident memory after the first call", all[3], PROCESSES, 1, "MB", "<= 8");
    if (stat(library, &file) == 0) {
        printf("  %-58s %12.2f %12s %-6s  %s\n", "size of the library", (double)file.st_size / 1048576.0, "", "MB", "<= 12");
    }
    return 0;
}

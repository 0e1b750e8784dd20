/* What the kernel says about this process. */
#ifndef PROCESS_H
#define PROCESS_H

/* A number of /proc/self/status ("VmSize:" in KiB, "Threads:"); 0 when it is not there. */
unsigned long process_status(const char *field);

#endif

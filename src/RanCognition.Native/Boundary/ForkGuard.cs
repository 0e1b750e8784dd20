using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

/// <summary>Tells a forked child from the process that loaded the library, at the cost of one memory read.</summary>
/// <remarks>One page is marked MADV_WIPEONFORK: the kernel hands a child a page of zeros. Only Linux knows it; elsewhere the check passes.</remarks>
internal static unsafe class ForkGuard
{
    private const int ProtReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;
    private const int MadvWipeOnFork = 18;
    private const int PageBytes = 4096;

    private static readonly byte* Mark = CreateMark();

    public static bool IsForkedChild => *Mark == 0;

    public static void Check()
    {
        if (IsForkedChild)
        {
            BoundaryException.Throw(Status.EForked,
                "this process is a fork of one that had already used the library; load it after fork, or start a fresh process");
        }
    }

    private static byte* CreateMark()
    {
        if (OperatingSystem.IsLinux())
        {
            void* page = mmap(null, PageBytes, ProtReadWrite, MapPrivateAnonymous, -1, 0);
            if ((nint)page != -1)
            {
                if (madvise(page, PageBytes, MadvWipeOnFork) == 0)
                {
                    *(byte*)page = 1;
                    return (byte*)page;
                }
                _ = munmap(page, PageBytes);
            }
        }
        byte* mark = (byte*)NativeMemory.Alloc(1);   // a kernel before 4.14: no detection
        *mark = 1;
        return mark;
    }

    [DllImport("libc", SetLastError = false)]
    private static extern void* mmap(void* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", SetLastError = false)]
    private static extern int munmap(void* address, nuint length);

    [DllImport("libc", SetLastError = false)]
    private static extern int madvise(void* address, nuint length, int advice);
}

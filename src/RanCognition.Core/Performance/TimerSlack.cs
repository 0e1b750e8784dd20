using System.Runtime.InteropServices;

namespace RanCognition.Performance;

/// <summary>While it lives, sleeps of this thread end when they should: Linux else adds 50 us to save wake-ups.</summary>
internal readonly partial struct TimerSlack : IDisposable
{
    private const int SetSlack = 29;
    private const int GetSlack = 30;
    private const int LeastNs = 1;

    private readonly nint _before;

    public TimerSlack()
    {
        if (OperatingSystem.IsLinux())
        {
            _before = Control(GetSlack, 0, 0, 0, 0);
            _ = Control(SetSlack, LeastNs, 0, 0, 0);
        }
    }

    public void Dispose()
    {
        if (_before > 0)
        {
            _ = Control(SetSlack, _before, 0, 0, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint first, nint second, nint third, nint fourth);
}

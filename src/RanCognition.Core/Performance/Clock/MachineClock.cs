using System.Runtime.InteropServices;

namespace RanCognition.Performance.Clock;

/// <summary>The processor's counter and the system clock of this machine.</summary>
/// <remarks>The counter is read by the native library's own C code (Entry/counter.c). Where Core runs without it there is no counter.</remarks>
internal readonly unsafe partial struct MachineClock : IClockSource
{
    // Set once, before the first line that leads to it. A pointer, for a function by name must be there when code that names it is compiled. The collector
    // need not know of a call as short as this.
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<ulong> s_readCounter;

    public bool HasCounter => Probe.Found;

    /// <summary>The name the counter goes by in its processor's manual.</summary>
    public static string CounterName => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "cntvct_el0" : "tsc";

    public ulong ReadCounter() => s_readCounter();

    public ulong ReadSystem() => SystemClock.NowNanoseconds();

    [LibraryImport("rancog_entry", EntryPoint = "rancog_counter_reader")]
    private static partial nint Reader();

    private static class Probe
    {
        public static readonly bool Found = Find();

        private static bool Find()
        {
            try
            {
                s_readCounter = (delegate* unmanaged[Cdecl, SuppressGCTransition]<ulong>)Reader();
                return s_readCounter is not null;
            }
            catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
            {
                return false;
            }
        }
    }
}

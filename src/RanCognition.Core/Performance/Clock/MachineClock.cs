using System.Runtime.InteropServices;

namespace RanCognition.Performance.Clock;

/// <summary>The processor's counter and the system clock of this machine.</summary>
/// <remarks>The counter is read by the native library's own C code (Entry/counter.c). Where Core runs without it there is no counter.</remarks>
internal readonly partial struct MachineClock : IClockSource
{
    private const string Entry = "rancog_entry";

    public bool HasCounter => Probe.Found;

    /// <summary>The name the counter goes by in its processor's manual.</summary>
    public static string CounterName => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "cntvct_el0" : "tsc";

    public ulong ReadCounter() => Read();

    public ulong ReadSystem() => SystemClock.NowNanoseconds();

    // As short as the counter is to read: the collector need not know of it.
    [LibraryImport(Entry, EntryPoint = "rancog_counter_read"), SuppressGCTransition]
    private static partial ulong Read();

    [LibraryImport(Entry, EntryPoint = "rancog_counter_is_usable")]
    private static partial int IsUsable();

    private static class Probe
    {
        public static readonly bool Found = Find();

        private static bool Find()
        {
            try
            {
                return IsUsable() != 0;
            }
            catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
            {
                return false;
            }
        }
    }
}

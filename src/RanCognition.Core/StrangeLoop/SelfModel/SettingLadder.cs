using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>Settings that a loop can give itself, and how it goes from one to another.</summary>
internal static class SettingLadder
{
    /// <summary>Steps of a test at first.</summary>
    public const int PatienceAtFirst = 96;

    public const int PatienceMin = 48;
    public const int PatienceMax = 384;

    private static readonly double[] MemoryRungs = [8, 16, 32, 64, 128, 256, 1024];
    private static readonly double[] DampingRungs = [0, .5, 1];
    private static readonly double[] WindowRungs = [16, 32, 64, 128];

    public static LoopSetting AtFirst { get; } = new(64, 1, 64);

    public static ReadOnlySpan<double> Memories => MemoryRungs;

    public static int IndexOfMemory(double memory) => Array.IndexOf(MemoryRungs, memory);

    public static bool Contains(LoopSetting setting) =>
        IndexOfMemory(setting.Memory) >= 0 && Array.IndexOf(DampingRungs, setting.Damping) >= 0 && Array.IndexOf(WindowRungs, setting.ScoreWindow) >= 0;

    /// <summary>Settings that differ in one parameter, however far: where the world changes fast, a memory between is hardly better than the one in use.</summary>
    /// <param name="setting">From which.</param>
    /// <param name="round">Memory, damping and window take turns.</param>
    /// <param name="result">They are added to it.</param>
    public static void Others(LoopSetting setting, ulong round, List<LoopSetting> result)
    {
        (double[] rungs, double now) = (round % 3) switch
        {
            0 => (MemoryRungs, setting.Memory),
            1 => (DampingRungs, setting.Damping),
            _ => (WindowRungs, setting.ScoreWindow),
        };
        foreach (double other in rungs)
        {
            if (other != now)
            {
                result.Add((round % 3) switch
                {
                    0 => setting with { Memory = other },
                    1 => setting with { Damping = other },
                    _ => setting with { ScoreWindow = (int)other },
                });
            }
        }
    }
}

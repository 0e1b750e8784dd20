using System.Globalization;

namespace RanCognition.Tests.Scheduling;

/// <summary>What tests with threads that come at random moments share. RAN_STRESS_SECONDS makes each of them last longer.</summary>
internal static class Stress
{
    private const double SecondsDefault = 1;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static double Seconds { get; } =
        double.TryParse(Environment.GetEnvironmentVariable("RAN_STRESS_SECONDS"), CultureInfo.InvariantCulture, out double seconds) ? seconds : SecondsDefault;

    public static void SpinUntil(Func<bool> condition)
    {
        SpinWait spin = default;
        DateTime end = DateTime.UtcNow + Longest;
        while (!condition())
        {
            if (spin.Count % 1000 == 999)
            {
                Assert.True(DateTime.UtcNow < end, "waited for too long");
            }
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}

using System.Diagnostics;

namespace RanCognition.Tests.Memory.Sharing;

internal static class Wait
{
    public static void Until(Func<bool> condition, string what, int seconds = 20)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed.TotalSeconds < seconds, $"In {seconds} s it did not come about that {what}.");
            Thread.Sleep(5);
        }
    }
}

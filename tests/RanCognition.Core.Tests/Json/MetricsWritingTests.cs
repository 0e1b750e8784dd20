using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

public class MetricsWritingTests
{
    [Fact]
    public void Metrics_written_by_hand_read_back_as_they_were() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(ulong, ulong, ulong, ulong, uint)>(), values =>
        {
            (ulong executions, ulong last, ulong errors, ulong memory, uint average) = values;
            Check(new PerformanceMetrics
            {
                TotalExecutions = executions, LastExecutionTime = last, ErrorCount = errors, MemoryUsage = memory, AverageExecutionTime = average / 7.0,
            });
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(0.0004)]
    [InlineData(99.9996)]
    [InlineData(1.8e19)]
    public void Averages_are_given_to_a_thousandth(double average) =>
        Check(new PerformanceMetrics { TotalExecutions = ulong.MaxValue, LastExecutionTime = ulong.MaxValue, AverageExecutionTime = average });

    [Fact]
    public void Numbers_beside_every_power_of_ten_and_of_two_are_written_as_they_are()
    {
        List<ulong> numbers = [0, ulong.MaxValue];
        for (ulong power = 1; power != 0; power *= 2)
        {
            numbers.AddRange([power - 1, power]);
        }
        for (UInt128 power = 10; power < ulong.MaxValue; power *= 10)
        {
            numbers.AddRange([(ulong)power - 1, (ulong)power, (ulong)power + 1]);
        }
        foreach (ulong number in numbers)
        {
            Check(new PerformanceMetrics { TotalExecutions = number, MemoryUsage = number });
        }
    }

    private static void Check(PerformanceMetrics metrics)
    {
        byte[] target = new byte[JsonOut.MetricsBytesMax];
        int length = JsonOut.Metrics(metrics, target);
        using JsonDocument document = JsonDocument.Parse(target.AsMemory(0, length));
        JsonElement root = document.RootElement;
        Assert.Equal(["total_executions", "last_execution_time", "average_execution_time", "error_count", "memory_usage"], root.EnumerateObject().Select(field => field.Name));
        Assert.Equal(metrics.TotalExecutions, root.GetProperty("total_executions").GetUInt64());
        Assert.Equal(metrics.LastExecutionTime, root.GetProperty("last_execution_time").GetUInt64());
        Assert.Equal(metrics.ErrorCount, root.GetProperty("error_count").GetUInt64());
        Assert.Equal(metrics.MemoryUsage, root.GetProperty("memory_usage").GetUInt64());
        Assert.InRange(root.GetProperty("average_execution_time").GetDouble() - metrics.AverageExecutionTime, -0.000501 - metrics.AverageExecutionTime * 1e-15, 0.000501 + metrics.AverageExecutionTime * 1e-15);
    }
}

using System.Buffers;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Modules;

namespace RanCognition.Tests.Json;

/// <summary>What a loader tells of its modules, byte for byte that in tests/golden. UPDATE_GOLDEN=1 writes the files anew; the difference is to be looked at.</summary>
public class ModuleGoldenTests
{
    private static ModuleLoader Loader() => new(
        JsonIn.LoaderOptions("""{"memorySize":16,"maxMemorySize":1024,"enableSIMD":false,"threads":4}"""u8, "options"), new FixedHost(), _ => throw new InvalidOperationException());

    [Theory]
    [InlineData("temporal", """{"expansion_factor":50,"level":1}""")]
    [InlineData("scheduler", """{"mode":"virtual"}""")]
    public void Interfaces(string name, string config)
    {
        using ModuleLoader loader = Loader();
        Module module = loader.Load(name, Encoding.UTF8.GetBytes(config));
        Check($"module_interfaces_{name}", loader.InterfacesOf(module), JsonOut.ModuleInterfaces);
    }

    [Fact]
    public void Memory() => Check(
        "module_memory",
        new ModuleMemory
        {
            Module = "temporal", InitialPages = 0, MaximumPages = LoaderLimits.PagesMax, UsedBytes = 48, LoaderUsedBytes = ulong.MaxValue,
            Pool = new MemoryPoolStats
            {
                TotalAllocated = 1, PeakUsage = 2, PoolCount = 3, FreeListCount = 4, RequestedBytes = 5, LiveBlocks = 6, FreeBytes = 7, OverheadBytes = 8, ReservedBytes = 10, PeakReservedBytes = 11,
                BudgetBytes = 12, RetainBytes = 13, ThreadCaches = 14, Allocations = 15, Deallocations = 16, Refused = 17, BoundFreeBytes = 1,
            },
        },
        JsonOut.ModuleMemory);

    private static void Check<T>(string name, T value, Action<T, IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> target = new();
        write(value, target);
        string text = Encoding.UTF8.GetString(target.WrittenSpan);
        string path = TestPaths.Golden(name + ".json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text + "\n");
        }
        Assert.True(File.Exists(path), $"{path} is missing: UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path).TrimEnd('\n'), text);
    }
}

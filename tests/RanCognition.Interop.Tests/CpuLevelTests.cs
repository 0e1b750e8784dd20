using System.Diagnostics;
using System.Text.Json;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>The binding loads the image that glibc would. Run once more for each lower level, with GLIBC_TUNABLES masking the better ones.</summary>
public sealed class CpuLevelTests : IDisposable
{
    private static readonly string[] Levels = ["x86-64-v3", "x86-64-v4"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rancognition").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void The_level_is_the_one_that_a_C_program_gets()
    {
        using JsonDocument info = JsonDocument.Parse(RanCognitionLibrary.RuntimeInfoJson());
        Assert.Equal(LevelOfProgram(), info.RootElement.GetProperty("cpu_level").GetString());
    }

    [Fact]
    public void Of_all_levels_in_a_folder_the_best_that_fits_is_taken()
    {
        Put([""]);
        Put(Levels.Select(Folder));
        string level = LevelOfProgram();
        string expected = Levels.Contains(level) ? Folder(level) : "";
        Assert.Equal(Path.Combine(_folder, expected, LibraryResolver.FileName), LibraryResolver.BestIn(_folder));
    }

    [Fact]
    public void A_package_has_the_level_in_the_name_of_the_file()
    {
        File.WriteAllText(Path.Combine(_folder, LibraryResolver.FileName), "");
        foreach (string name in Levels)
        {
            File.WriteAllText(Path.Combine(_folder, LibraryResolver.NameOf(name)), "");
        }
        string level = LevelOfProgram();
        Assert.Equal(Path.Combine(_folder, Levels.Contains(level) ? $"librancognition.{level}.so" : "librancognition.so"), LibraryResolver.BestIn(_folder));
    }

    [Fact]
    public void A_level_that_is_not_there_is_left_out()
    {
        Put([""]);
        Directory.CreateDirectory(Path.Combine(_folder, "glibc-hwcaps", "x86-64-v3"));
        Assert.Equal(Path.Combine(_folder, LibraryResolver.FileName), LibraryResolver.BestIn(_folder));
    }

    [Fact]
    public void A_level_above_the_machine_or_the_mask_is_never_taken()
    {
        string machine = LevelOfProgram();
        Put(Levels.Append("x86-64-v5").Where(level => string.CompareOrdinal(level, machine) > 0).Select(Folder));
        Assert.Null(LibraryResolver.BestIn(_folder));
    }

    [Fact]
    public void An_empty_folder_has_none() => Assert.Null(LibraryResolver.BestIn(_folder));

    private static string Folder(string level) => Path.Combine("glibc-hwcaps", level);

    private void Put(IEnumerable<string> folders)
    {
        foreach (string folder in folders)
        {
            Directory.CreateDirectory(Path.Combine(_folder, folder));
            File.WriteAllText(Path.Combine(_folder, folder, LibraryResolver.FileName), "");
        }
    }

    /// <summary>What the dynamic loader gives a C program with the environment of this process.</summary>
    private static string LevelOfProgram()
    {
        using Process program = Process.Start(new ProcessStartInfo(BuiltLibrary.Program("test_cpu_level"), "print") { RedirectStandardOutput = true })!;
        string level = program.StandardOutput.ReadToEnd().Trim();
        program.WaitForExit();
        Assert.Equal(0, program.ExitCode);
        return level;
    }
}

using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using RanCognition.Contracts;
using RanCognition.HeaderGen;
using RanCognition.HeaderGen.Model;
using RanCognition.HeaderGen.Reading;
using RanCognition.HeaderGen.Writing;
using RanCognition.Native.Boundary;

namespace RanCognition.Tests.HeaderGen;

public class GeneratedFilesTests
{
    private static readonly ApiModel Model = ApiReader.ReadLibrary();
    private static readonly IReadOnlyDictionary<string, string> Files = GeneratedFiles.All(Model);

    [Fact]
    public void The_checked_in_files_are_what_the_exports_give() => Assert.Empty(GeneratedFiles.Check(Repository.Root, Model));

    [Fact]
    public void Writing_twice_gives_the_same_bytes() => Assert.Equal(Files, GeneratedFiles.All(ApiReader.ReadLibrary()));

    [Fact]
    public void A_changed_or_missing_file_is_named()
    {
        string root = Directory.CreateTempSubdirectory("headergen").FullName;
        try
        {
            Assert.Equal(Files.Count, GeneratedFiles.Check(root, Model).Count);
            Assert.Equal(Files.Count, GeneratedFiles.Write(root, Model).Count);
            Assert.Empty(GeneratedFiles.Check(root, Model));
            Assert.Empty(GeneratedFiles.Write(root, Model));

            string golden = Path.Combine(root, "tests/golden/abi.txt");
            File.WriteAllText(golden, File.ReadAllText(golden).Replace("size_t horizon", "uint32_t horizon", StringComparison.Ordinal));
            File.Delete(Path.Combine(root, "include/rancognition_phase4.h"));
            Assert.Equal(["include/rancognition_phase4.h", "tests/golden/abi.txt"], GeneratedFiles.Check(root, Model));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Every_file_says_that_it_is_generated_and_has_clean_lines()
    {
        foreach ((string path, string text) in Files)
        {
            Assert.Contains(ManualText.GeneratedLine, text.Split('\n')[0], StringComparison.Ordinal);
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain('\t', text);
            Assert.False(Regex.IsMatch(text, @"[ ]+\n"), $"{path} has blanks at the end of a line");
            Assert.EndsWith("\n", text);
            Assert.False(text.EndsWith("\n\n", StringComparison.Ordinal), path);
        }
    }

    [Fact]
    public void The_header_is_a_manual()
    {
        string header = Files["include/rancognition.h"];
        Assert.All(ManualText.Pages, page => Assert.Contains($"\n * {page.Title.ToUpperInvariant()}\n", header, StringComparison.Ordinal));
        string[] phrases =
        [
            "dlclose", "SIGPIPE is ignored", "signal 34", "after fork, not before", "256 KB of stack", "garbage-collection pauses", "C++ exceptions and longjmp",
            "owned by the caller; release with", "borrowed until the next call on this thread", "may be NULL", "since 0.1",
        ];
        string plain = Regex.Replace(header, @"\s*\n\s*\*\s*", " ");
        Assert.All(phrases, phrase => Assert.Contains(phrase, plain, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_function_of_the_header_says_since_when_by_which_threads_and_whether_pointers_may_be_null()
    {
        string header = Files["include/rancognition.h"];
        foreach (ApiFunction function in Model.Functions)
        {
            string declaration = HeaderWriter.Declaration(function);
            int at = header.IndexOf(declaration, StringComparison.Ordinal);
            Assert.True(at > 0, function.Name);
            string comment = header[header.LastIndexOf("/**", at, StringComparison.Ordinal)..at];
            Assert.Contains("Threads: ", comment, StringComparison.Ordinal);
            Assert.Contains($"since {function.Since}", comment, StringComparison.Ordinal);
            foreach (ApiParameter parameter in function.Parameters)
            {
                Assert.Contains($"@param {parameter.Name} ", comment, StringComparison.Ordinal);
                if (parameter.Type.Pointers > 0)
                {
                    Assert.Contains("NULL", FunctionText.Parameter(parameter), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void The_host_interface_has_the_order_of_the_design()
    {
        ApiStruct host = Assert.Single(Model.Structs, type => type.Name == "rancog_host");
        Assert.Equal(["struct_size", "flags", "now_ns", "sleep_ns", "log", "random_u64", "progress", "user_data"], host.Fields.Select(field => field.Name));
        Assert.Equal([0, 4, 8, 16, 24, 32, 40, 48], host.Fields.Select(field => field.Offset));
        Assert.Equal(56, host.Size);
    }

    [Fact]
    public void The_scheduler_structs_have_the_layout_of_the_design_and_of_the_core()
    {
        ApiStruct task = Assert.Single(Model.Structs, type => type.Name == "rancog_task");
        Assert.Equal(["struct_size", "handler", "execute_time", "interval", "max_executions", "priority", "reserved0", "payload"], task.Fields.Select(field => field.Name));
        Assert.Equal([0, 4, 8, 16, 24, 28, 29, 32], task.Fields.Select(field => field.Offset));
        Assert.Equal(40, task.Size);
        Assert.Equal(task.Size, Marshal.SizeOf<BatchTask>());
        Assert.All(task.Fields, field => Assert.Equal(field.Offset, (int)Marshal.OffsetOf<BatchTask>(field.ManagedName)));

        ApiStruct outcome = Assert.Single(Model.Structs, type => type.Name == "rancog_task_outcome");
        Assert.Equal(["task_id", "execute_time", "lateness_ns", "handler", "status", "payload"], outcome.Fields.Select(field => field.Name));
        Assert.Equal(40, outcome.Size);
        Assert.Equal(outcome.Size, Marshal.SizeOf<TaskOutcome>());
        Assert.All(outcome.Fields, field => Assert.Equal(field.Offset, (int)Marshal.OffsetOf<TaskOutcome>(field.ManagedName)));
    }

    [Fact]
    public void A_forked_child_is_told_that_no_task_is_due()
    {
        string entry = Files["src/RanCognition.Native/Entry/entry.c"];
        string function = entry[entry.IndexOf("\nuint64_t rancog_scheduler_get_next_execution_time(", StringComparison.Ordinal)..];
        Assert.Contains("return UINT64_MAX;", function[..function.IndexOf("managed_", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Computed_layouts_are_those_of_the_runtime()
    {
        foreach (Type type in typeof(Status).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CTypeAttribute>() is not null))
        {
            ApiStruct? computed = Model.Structs.SingleOrDefault(candidate => candidate.Name == type.GetCustomAttribute<CTypeAttribute>()!.Name);
            if (computed is null)
            {
                continue;   // a handle
            }
            Assert.Equal(Marshal.SizeOf(type), computed.Size);
            Assert.All(computed.Fields, field => Assert.Equal((int)Marshal.OffsetOf(type, field.ManagedName), field.Offset));
        }
    }

    [Fact]
    public void The_abi_version_is_that_of_the_build()
    {
        string properties = Repository.Read("Directory.Build.props");
        Assert.Equal($"{Model.AbiVersion}", Regex.Match(properties, "<RanAbiMajor>(.*)</RanAbiMajor>").Groups[1].Value);
        Assert.Equal(Model.Version.ToString(3), Regex.Match(properties, "<RanVersion>(.*)</RanVersion>").Groups[1].Value);
    }

    [Fact]
    public void The_documents_names_are_wrappers_with_the_documents_parameters()
    {
        string header = Files["include/rancognition_phase4.h"];
        Assert.Contains("temporal_reasoning_core_new(uint64_t expansion_factor,\n    uint64_t temporal_resolution)", header, StringComparison.Ordinal);
        Assert.Contains("return rancog_temporal_create(expansion_factor, temporal_resolution, NULL);", header, StringComparison.Ordinal);
        Assert.Contains("expand_subjective_time(rancog_temporal *self, const uint8_t *problem,", header, StringComparison.Ordinal);
        Assert.Contains("nanoscheduler_new(void)\n{\n    return rancog_scheduler_create(NULL, 0, NULL);\n}", header, StringComparison.Ordinal);
        Assert.Contains("get_next_execution_time(rancog_scheduler *self)", header, StringComparison.Ordinal);
    }
}

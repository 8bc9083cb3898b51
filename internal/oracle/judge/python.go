// SPDX-License-Identifier: MIT

package judge

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// A Python is an interpreter.
type Python struct {
	Path  string
	Minor int // of 3.x
}

// Find returns a Python from 3.11 up that can run the probe, or says why there is none. SLOGX_PYTHON names the only
// one to try.
func Find(probe string) (py Python, why string) {
	candidates := []string{"python3.13", "python3.12", "python3"}
	if path := os.Getenv("SLOGX_PYTHON"); path != "" {
		candidates = []string{path}
	}
	for _, path := range candidates {
		out, err := exec.Command(path, "-c", probe+"\nimport sys; print(*sys.version_info[:2])").Output()
		if err != nil {
			continue // what is found in PATH need not run
		}
		var major, minor int
		if _, err := fmt.Sscan(string(out), &major, &minor); err == nil && major == 3 && minor >= 11 {
			return Python{path, minor}, ""
		}
	}
	why = "no Python from 3.11 up"
	if probe != "" {
		why += " that can run " + probe
	}
	return Python{}, why + " among " + strings.Join(candidates, ", ")
}

// Answer returns what the python.py of the working directory makes of an archive: the archive with Python's answers.
// It runs with more variables of the environment, each as name=value.
func (py Python) Answer(archive string, env ...string) (string, error) {
	cmd := exec.Command(py.Path, "python.py")
	cmd.Env = append(append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1"), env...)
	cmd.Stdin = strings.NewReader(archive)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", py.Path, err, stderr.Bytes())
	}
	return string(out), nil
}

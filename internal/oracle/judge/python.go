// SPDX-License-Identifier: MIT

package judge

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
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

// answer returns what the python.py of the working directory makes of an archive: the archive with Python's answers.
func (py Python) answer(archive string) (string, error) {
	cmd := exec.Command(py.Path, "python.py")
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1", "LC_ALL=C")
	cmd.Stdin = strings.NewReader(archive)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", py.Path, err, stderr.Bytes())
	}
	return string(out), nil
}

// scripts returns scripts with Python's answers.
func (py Python) scripts(scripts []*Script) ([]*Script, error) {
	out, err := py.answer(writeArchive("", scripts))
	return readArchive(out, py.Minor), err
}

// live returns what fresh random scripts are made from: a seed, and how many there are to be.
// SLOGX_SEED repeats a run that failed, and SLOGX_SCRIPTS asks for more than usual.
func live(usual int) (seed uint64, scripts int, err error) {
	seed, err = strconv.ParseUint(cmp.Or(os.Getenv("SLOGX_SEED"), strconv.FormatInt(time.Now().UnixNano(), 10)), 10, 64)
	if err != nil {
		return 0, 0, err
	}
	scripts, err = strconv.Atoi(cmp.Or(os.Getenv("SLOGX_SCRIPTS"), strconv.Itoa(usual)))
	return seed, scripts, err
}
